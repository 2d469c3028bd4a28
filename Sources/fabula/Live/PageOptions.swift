import ArgumentParser

/// Where the page of a live show is.
struct PageOptions: ParsableArguments {
  @Flag(help: "Open the page in a browser.")
  var open = false

  @Flag(help: "Serve the page; the default where the show is seen nowhere else.")
  var page = false

  @Option(
    help: ArgumentHelp(
      "The address that the page is served at; others than 127.0.0.1 ask for a token.",
      valueName: "address"))
  var address: String?

  @Option(help: ArgumentHelp("The page's port, 0 for any that is free.", valueName: "number"))
  var port: UInt16?

  /// Whether somebody asked for the page.
  var isWanted: Bool { open || page || address != nil || port != nil }
}
