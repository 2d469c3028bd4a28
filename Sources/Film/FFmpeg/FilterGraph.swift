import CFFmpeg
import Glibc

/// Owns a graph of FFmpeg's filters: pictures into its inputs, pictures out of its one output.
final class FilterGraph {
  /// The pictures that an input takes.
  struct Input {
    var width: Int
    var height: Int
    var pixels: AVPixelFormat
    var fps: FrameRate
  }

  private var graph: UnsafeMutablePointer<AVFilterGraph>?
  private var sources: [UnsafeMutablePointer<AVFilterContext>] = []
  private var sink: UnsafeMutablePointer<AVFilterContext>?
  private let name: String

  /// `description` is in FFmpeg's language and calls its inputs `in0`, `in1`, ... and its output
  /// `out`; `name` is what errors call the film.
  init(_ description: String, inputs: [Input], name: String) throws(FilmError) {
    fabula_log_capture()
    fabula_log_clear()
    self.name = name
    let graph = try allocated(avfilter_graph_alloc(), "filters", name)
    self.graph = graph
    graph.pointee.nb_threads = 1
    for (index, input) in inputs.enumerated() {
      let base = input.fps.timeBase
      let arguments =
        "video_size=\(input.width)x\(input.height):pix_fmt=\(input.pixels.rawValue)"
        + ":time_base=\(base.num)/\(base.den):pixel_aspect=1/1"
      sources.append(try add("buffer", "in\(index)", arguments))
    }
    let sink = try add("buffersink", "out", nil)
    self.sink = sink
    try connect(description, sink)
  }

  deinit { avfilter_graph_free(&graph) }

  /// Gives an input its next picture, or nil after the last.
  func push(_ frame: Frame?, to input: Int = 0) throws(FilmError) {
    let flags = Int32(AV_BUFFERSRC_FLAG_KEEP_REF)
    try check(av_buffersrc_add_frame_flags(sources[input], frame?.raw, flags), "filtering", name)
  }

  /// Fetches the next picture; false when there is none yet, or none any more.
  func pull(into frame: Frame) throws(FilmError) -> Bool {
    av_frame_unref(frame.raw)
    let code = av_buffersink_get_frame(sink, frame.raw)
    if code == fabula_averror(EAGAIN) || code == fabula_AVERROR_EOF { return false }
    try check(code, "filtering", name)
    return true
  }

  private func add(
    _ kind: String, _ label: String, _ arguments: String?
  ) throws(FilmError) -> UnsafeMutablePointer<AVFilterContext> {
    guard let filter = avfilter_get_by_name(kind) else {
      throw .options("this FFmpeg has no filter \(kind)")
    }
    var context: UnsafeMutablePointer<AVFilterContext>?
    try check(
      avfilter_graph_create_filter(&context, filter, label, arguments, nil, graph), "filtering",
      name)
    return try allocated(context, "a filter", name)
  }

  // FFmpeg names the ends from the description's view: our sources are its outputs.
  private func connect(
    _ description: String, _ sink: UnsafeMutablePointer<AVFilterContext>
  ) throws(FilmError) {
    var outputs: UnsafeMutablePointer<AVFilterInOut>?
    var inputs: UnsafeMutablePointer<AVFilterInOut>?
    defer {
      avfilter_inout_free(&outputs)
      avfilter_inout_free(&inputs)
    }
    for (index, source) in sources.enumerated().reversed() {
      let end = try allocated(avfilter_inout_alloc(), "a filter", name)
      end.pointee.name = av_strdup("in\(index)")
      end.pointee.filter_ctx = source
      end.pointee.next = outputs
      outputs = end
    }
    let end = try allocated(avfilter_inout_alloc(), "a filter", name)
    end.pointee.name = av_strdup("out")
    end.pointee.filter_ctx = sink
    inputs = end
    try check(
      avfilter_graph_parse_ptr(graph, description, &inputs, &outputs, nil), "filtering", name)
    try check(avfilter_graph_config(graph, nil), "filtering", name)
  }
}
