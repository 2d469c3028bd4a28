// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Fabula",
  products: [
    .executable(name: "fabula", targets: ["fabula"]),
    .library(name: "Story", targets: ["Story"]),
    .library(name: "Travel", targets: ["Travel"]),
    .library(name: "Turbo", targets: ["Turbo"]),
    .library(name: "Film", targets: ["Film"]),
    .library(name: "Voice", targets: ["Voice"]),
    .library(name: "Live", targets: ["Live"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // The pipeline: libraries that do not know one another (a live show knows Travel's noise), and
    // the command that composes them.
    .target(
      name: "Story",
      dependencies: ["CICU", .product(name: "Yams", package: "Yams")]),
    .target(name: "Travel"),
    .target(name: "Turbo", dependencies: ["CDeviceCode", "CKernels", "COneDNN"]),
    .target(name: "Film", dependencies: ["CFFmpeg", "CPNG"]),
    .target(name: "Voice", dependencies: ["CEspeak"]),
    .target(name: "Live", dependencies: ["Travel", "CLivePage", "CTerminal"]),
    .target(name: "Pocket", dependencies: ["CPocket", "Turbo"]),
    .executableTarget(
      name: "fabula",
      dependencies: [
        "Story", "Travel", "Turbo", "Film", "Voice", "Live", "Pocket",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      // The store of pictures is for one build of the program, and for all copies of it.
      linkerSettings: [.unsafeFlags(["-Xlinker", "--build-id"])]),

    // The GPU against the processor, without what a machine for measuring may lack.
    .executableTarget(name: "parity", dependencies: ["Turbo", "Pocket"]),

    // C: kernels with intrinsics, the embedded model and page, what a signal handler may do, and
    // module maps of system libraries.
    .target(name: "CKernels", cSettings: [.unsafeFlags(["-O3"])]),
    .target(
      name: "CPocket", exclude: ["model"],
      cSettings: [.unsafeFlags(["-Wno-c23-extensions"])]),
    .target(
      name: "CLivePage", exclude: ["page"],
      cSettings: [.unsafeFlags(["-Wno-c23-extensions"])]),
    .target(
      name: "CDeviceCode", exclude: ["machine.cu", "kernels.cu"],
      cSettings: [.unsafeFlags(["-Wno-c23-extensions"])]),
    .target(name: "CTerminal"),
    .target(name: "CICU", linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("icui18n")]),
    .target(
      name: "CFFmpeg",
      linkerSettings: [
        .linkedLibrary("avfilter"), .linkedLibrary("avformat"), .linkedLibrary("avcodec"),
        .linkedLibrary("swscale"), .linkedLibrary("swresample"), .linkedLibrary("avutil"),
      ]),
    .systemLibrary(name: "COneDNN", providers: [.apt(["libdnnl-dev"])]),
    .target(name: "CEspeak", linkerSettings: [.linkedLibrary("espeak-ng")]),
    .target(name: "CPNG", linkerSettings: [.linkedLibrary("png")]),

    // A GPU made of loops, which only tests run on.
    .target(
      name: "EmulatedGPU", path: "Tests/EmulatedGPU", cxxSettings: [.unsafeFlags(["-O2"])]),
    .testTarget(name: "StoryTests", dependencies: ["Story"], resources: [.copy("Cases")]),
    .testTarget(name: "TravelTests", dependencies: ["Travel"]),
    .testTarget(
      name: "TurboTests",
      dependencies: ["Turbo", "Pocket", "CDeviceCode", "CKernels", "EmulatedGPU"],
      resources: [.copy("Fixtures")]),
    .testTarget(name: "FilmTests", dependencies: ["Film"]),
    .testTarget(name: "VoiceTests", dependencies: ["Voice"]),
    .testTarget(name: "LiveTests", dependencies: ["Live", "Travel"]),
    .testTarget(
      name: "CommandTests",
      dependencies: ["Story", "Travel", "Turbo", "Film", "Voice", "Live", "fabula"]),
  ]
)
