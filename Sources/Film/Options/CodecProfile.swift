import CFFmpeg

/// What this project asks of one of FFmpeg's encoders.
struct CodecProfile {
  /// FFmpeg's name of the encoder.
  var encoder: String
  var pixels: AVPixelFormat
  /// Sizes must be multiples of these (chroma is stored at half size).
  var widthStep = 1
  var heightStep = 1
  var smallest = 1
  /// Valid qualities, empty where the codec has none.
  var crf: Range<Int> = 0..<0
  var defaultCRF: Int?
  /// Valid presets, fastest first; empty where the codec has none.
  var presets: [String] = []
  var defaultPreset: String?
  var settings: Settings = []
  /// Further settings that take all look-ahead away.
  var immediate: Settings = []

  var immediateSettings: Settings { settings + immediate }
}

extension Codec {
  /// How this codec is set up: small look-ahead, so that a film in the making is playable soon.
  var profile: CodecProfile {
    switch self {
    case .h264:
      CodecProfile(
        encoder: "libx264", pixels: AV_PIX_FMT_YUV420P, widthStep: 2, heightStep: 2, smallest: 16,
        crf: 0..<52, defaultCRF: 18, presets: x26xPresets, defaultPreset: "fast",
        settings: [("rc-lookahead", "12"), ("bf", "2")],
        immediate: [("tune", "zerolatency"), ("rc-lookahead", "0"), ("bf", "0")])
    case .hevc:
      CodecProfile(
        encoder: "libx265", pixels: AV_PIX_FMT_YUV420P, widthStep: 2, heightStep: 2, smallest: 32,
        crf: 0..<52, defaultCRF: 20, presets: x26xPresets, defaultPreset: "fast",
        settings: [("x265-params", x265Parameters)],
        immediate: [("x265-params", x265Parameters + ":rc-lookahead=0:bframes=0:b-adapt=0")])
    case .av1:
      CodecProfile(
        encoder: "libsvtav1", pixels: AV_PIX_FMT_YUV420P, widthStep: 2, heightStep: 2, smallest: 64,
        crf: 1..<64, defaultCRF: 24, presets: (0...12).reversed().map(String.init),
        defaultPreset: "8",
        settings: [("svtav1-params", "lp=2:lookahead=8")])
    case .prores:
      CodecProfile(
        encoder: "prores_ks", pixels: AV_PIX_FMT_YUV422P10LE, widthStep: 2, heightStep: 2,
        smallest: 16, settings: [("profile", "hq"), ("vendor", "apl0")])
    case .ffv1:
      CodecProfile(
        encoder: "ffv1", pixels: AV_PIX_FMT_BGR0,
        settings: [("level", "3"), ("slicecrc", "1"), ("slices", "4")])
    case .gif: CodecProfile(encoder: "gif", pixels: AV_PIX_FMT_PAL8)
    case .webp:
      CodecProfile(
        encoder: "libwebp_anim", pixels: AV_PIX_FMT_BGRA, crf: 0..<101, defaultCRF: 15)
    }
  }
}

private let x26xPresets = [
  "ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow",
]

// x265 prints and starts threads by itself unless told otherwise.
private let x265Parameters = "log-level=none:pools=1:frame-threads=1:rc-lookahead=12:bframes=2"
