import CDeviceCode
import Pocket
import Testing

@testable import Turbo

/// What of the CUDA backend needs no GPU, and where there is one, its pictures.
@Suite struct CUDATests {
  private static let hasCompiler = (try? CUDALibraries().compiler()) != nil
  private static let hasDevice = (try? CUDADevice()) != nil

  @Test func saysWhatIsMissingAndWhatToInstall() throws {
    let error = try #require(throws: BackendError.self) {
      _ = try DynamicLibrary(["libfabula-none.so.7"], hint: "install it")
    }
    #expect("\(error)".hasPrefix("libfabula-none.so.7: cannot open"))
    #expect("\(error)".hasSuffix("; install it"))
  }

  @Test func readsDevices() {
    #expect(Device("auto") == .automatic)
    #expect(Device("cpu") == .cpu)
    #expect(Device("cuda") == .cuda(0))
    #expect(Device("cuda:3") == .cuda(3))
    for name in ["", "gpu", "cuda:", "cuda:x", "cuda:-1", "cuda:99999"] {
      #expect(Device(name) == nil, "\(name)")
    }
  }

  @Test(.enabled(if: !hasDevice)) func refusesAGPUThatIsNotThere() throws {
    #expect(throws: BackendError.self) {
      _ = try Engine(files: Pocket.files, options: .init(device: .cuda(0)))
    }
    let engine = try Engine(
      files: Pocket.files,
      options: .init(size: PictureSize(width: 64, height: 64), device: .automatic))
    #expect(engine.deviceName == "cpu")
  }

  @Test(.enabled(if: hasCompiler), arguments: Precision.allCases, ["sm_80", "sm_90"])
  func kernelsCompile(precision: Precision, architecture: String) throws {
    let code = try RuntimeCompiler(CUDALibraries().compiler()).compile(
      fabula_device_source(), architecture: architecture,
      definitions: ["FABULA_TYPE": precision.deviceType])
    #expect(code.count > 10_000)
  }

  @Test(.enabled(if: hasCompiler)) func saysWhatDoesNotCompile() throws {
    let error = try #require(throws: BackendError.self) {
      _ = try RuntimeCompiler(CUDALibraries().compiler()).compile(
        "nonsense", architecture: "sm_90", definitions: [:])
    }
    #expect("\(error)".contains("nonsense"))
  }

  /// A UNet's plan: what depends on the prompt alone is done once, and nothing that lives at the
  /// same time shares memory.
  @Test(arguments: ["model-a", "model-b"])
  func plansAModel(_ name: String) throws {
    let files = try Fixtures.model(name)
    let graph = try UNet(config: UNetConfig(files: files)).graph(height: 8, width: 8, tokens: 77)
    let checkpoint = try Checkpoint(files: files, component: "unet")
    let schedule = try CUDALowering.schedule(
      graph.pruned(), checkpoint, .float16, processors: 132)
    #expect(schedule.preparation.contains { $0.name == "sinusoid" })
    #expect(schedule.preparation.filter { $0.name.hasSuffix("to 77") }.count > 1)
    #expect(!schedule.tasks.contains { $0.name.hasSuffix("to 77") })
    #expect(schedule.weights.count == graph.parameters.count)
    #expect(Set(schedule.inputs.keys) == Set(graph.inputs.keys))

    // The frame's steps read of the preparation only what stays.
    let buffers = schedule.buffers()
    let plan = MemoryPlan(buffers)
    for (offset, buffer) in zip(plan.offsets, buffers) {
      #expect(offset % CUDASchedule.alignment == 0)
      #expect(offset + buffer.bytes <= plan.totalBytes)
    }
    let prepared = Set(schedule.preparation.flatMap(\.writes))
    let end = schedule.preparation.count + schedule.tasks.count - 1
    for buffer in schedule.tasks.flatMap(\.reads) where prepared.contains(buffer) {
      #expect(buffers[buffer.index].life == 0...end)
    }
  }

  @Test(.enabled(if: hasDevice)) func drawsWhatTheProcessorDraws() throws {
    let size = PictureSize(width: 128, height: 128)
    let drawings = try [Device.cpu, .cuda(0)].map { device in
      let engine = try Engine(
        files: Pocket.files, options: .init(size: size, precision: .float32, device: device))
      var generator = TorchGenerator(seed: 3)
      let noise = generator.normals(count: engine.latentShape.reduce(1, *))
      return try engine.draw(engine.encode("Two red foxes in the snow."), noise: noise).image
    }
    expectClose(drawings[1], drawings[0], atol: 1e-3, relativeError: 1e-3, "image")
  }
}
