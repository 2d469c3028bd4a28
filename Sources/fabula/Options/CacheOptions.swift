import ArgumentParser

/// Whether and where drawn pictures are kept.
struct CacheOptions: ParsableArguments {
  @Flag(
    inversion: .prefixedNo,
    help: "Keep what is drawn, so that a repeated or edited film draws only what is new.")
  var cache = true

  @Option(
    help: ArgumentHelp(
      "Where they are kept; by default, in the user's cache folder.", valueName: "dir"))
  var cacheDir: String?

  @Option(help: ArgumentHelp("How much room they may take.", valueName: "GiB"))
  var cacheLimit = 4.0

  func validate() throws {
    guard cacheLimit >= 0, cacheLimit <= 1e6 else {
      throw ValidationError("--cache-limit is a number of GiB, from 0")
    }
  }

  /// The folder, where there is one.
  var folder: CacheFolder? { cacheDir.map(CacheFolder.init(path:)) ?? CacheFolder.standard }

  /// The cache, where one is wanted and there is a place for it.
  var pictures: PictureCache? {
    guard cache, let folder else { return nil }
    return PictureCache(folder: folder, limit: Int(cacheLimit * Double(1 << 30)))
  }
}
