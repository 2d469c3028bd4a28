extension FilmOptions {
  /// The encoder's private options.
  var encoderSettings: Settings {
    let profile = codec.profile
    var settings = profile.settings
    if let preset = preset ?? profile.defaultPreset { settings.append(("preset", preset)) }
    if let crf = crf ?? profile.defaultCRF {
      settings.append((codec == .webp ? "quality" : "crf", "\(crf)"))
    }
    return settings
  }
}
