/// Group normalisation in three launches: sums of blocks of rows, factors of the channels, and the
/// pass over the values.
struct GroupNormPlan {
  typealias Address = CUDADriver.Address

  let rows: Int
  let channels: Int
  let groups: Int
  let epsilon: Float
  let activation: Activation
  /// Blocks are made for so many multiprocessors.
  let processors: Int

  private var width: Int { Elementwise.width(channels) }
  private var packs: Int { channels / width }
  /// Threads of a block, over channels and over rows.
  private var block: (x: Int, y: Int) {
    let x = min(packs, 512)
    return (x, max(1, 512 / x))
  }
  private var blockRows: Int { max((rows + 2 * processors - 1) / (2 * processors), block.y) }
  private var blocks: Int { (rows + blockRows - 1) / blockRows }

  /// Floats of scratch for the blocks' sums.
  var partCount: Int { blocks * groups * 2 }
  /// Floats of scratch for the channels' factors and offsets.
  var factorCount: Int { channels * 2 }

  func launches(
    _ device: CUDADevice, source: Address, scale: Address, shift: Address, parts: Address,
    factors: Address, result: Address
  ) -> [Launch] {
    [
      Launch(
        kernel: "group_norm_sums\(width)", grid: (blocks, 1), block: block,
        sharedBytes: block.y * channels * 2 * 4,
        arguments: [
          .address(source), .address(parts), .int(rows), .int(blockRows), .int(channels),
          .int(groups),
        ]),
      Launch(
        kernel: "group_norm_factors", grid: (groups, 1), block: (32, 1),
        arguments: [
          .address(parts), .address(scale), .address(shift), .address(factors), .int(rows),
          .int(blockRows), .int(blocks), .int(channels), .int(groups), .float(epsilon),
        ]),
      Launch.over(
        rows * packs, "group_norm_apply\(width)", device,
        [
          .address(source), .address(result), .address(factors), .long(rows * packs), .int(packs),
          .int(activation.deviceIndex),
        ]),
    ]
  }
}
