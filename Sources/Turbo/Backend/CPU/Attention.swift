import CKernels
import COneDNN
import Glibc

/// Multi-head attention, head by head and block of queries by block, so that the scores of a
/// block stay in the cache.
struct Attention {
  let queries: Int
  let keys: Int
  let channels: Int
  let heads: Int
  let causal: Bool

  /// Queries a block: 64 rows of 4096 scores are 1 MiB, the size of a core's second-level cache.
  private var block: Int { min(queries, max(16, min(256, (1 << 18) / keys))) }

  /// Floats of scratch: one block of scores a thread.
  var scratchCount: Int { Int(fabula_thread_count()) * block * keys }

  private struct Job {
    let attention: Attention
    let query, key, value: UnsafePointer<Float>
    let output, scores: UnsafeMutablePointer<Float>
  }

  /// softmax(Q·Kᵀ / √d)·V. query, output: [queries, channels]; key, value: [keys, channels].
  func run(
    query: UnsafePointer<Float>, key: UnsafePointer<Float>, value: UnsafePointer<Float>,
    output: UnsafeMutablePointer<Float>, scores: UnsafeMutablePointer<Float>
  ) {
    var job = Job(
      attention: self, query: query, key: key, value: value, output: output, scores: scores)
    let blocks = (queries + block - 1) / block
    fabula_parallel(
      heads * blocks,
      { context, item, thread in
        guard let job = context?.assumingMemoryBound(to: Job.self).pointee else { return }
        job.attention.runBlock(job, item: item, thread: thread)
      }, &job)
  }

  private func runBlock(_ job: Job, item: Int, thread: Int) {
    let blocks = (queries + block - 1) / block
    let (head, start) = (item / blocks, item % blocks * block)
    let rows = min(block, queries - start)
    let width = channels / heads
    let column = head * width
    let scores = job.scores + thread * block * keys
    let (n, d, c) = (dnnl_dim_t(keys), dnnl_dim_t(width), dnnl_dim_t(channels))
    let no = CChar(bitPattern: UInt8(ascii: "N"))
    let yes = CChar(bitPattern: UInt8(ascii: "T"))
    dnnl_sgemm(
      no, yes, dnnl_dim_t(rows), n, d, 1, job.query + start * channels + column, c,
      job.key + column, c, 0, scores, n)
    fabula_softmax(
      scores, rows, keys, keys, 1 / sqrtf(Float(width)), causal ? 1 : 0, start)
    dnnl_sgemm(
      no, no, dnnl_dim_t(rows), d, n, 1, scores, n, job.value + column, c, 0,
      job.output + start * channels + column, c)
  }
}
