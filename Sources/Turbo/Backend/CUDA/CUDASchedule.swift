/// What a GPU does for a graph: tasks over buffers, in the order in which they run, and what they need
/// of its memory. Needs no GPU: only building the tasks does.
struct CUDASchedule {
  typealias Address = CUDADriver.Address
  typealias Build = (CUDADevice, Layout) throws(BackendError) -> [CUDAProgram.Step]

  struct BufferID: Hashable {
    let index: Int
  }

  struct WeightID: Hashable {
    let index: Int
  }

  /// Where a task finds a value.
  enum Place: Hashable {
    case buffer(BufferID)
    case weight(WeightID)
  }

  /// Where everything lies, once it is placed.
  struct Layout {
    let buffers: [Address]
    let weights: [Address]

    subscript(_ buffer: BufferID) -> Address { buffers[buffer.index] }
    subscript(_ weight: WeightID) -> Address { weights[weight.index] }
    subscript(_ place: Place) -> Address {
      switch place {
      case .buffer(let id): self[id]
      case .weight(let id): self[id]
      }
    }
  }

  /// A tensor of the checkpoint, kept on the GPU; a convolution's with channels innermost.
  struct Weight {
    let tensor: Tensor
    /// [O, C, taps] becomes [O, taps, C].
    let taps: Int
    let precision: Precision

    var bytes: Int { tensor.count * precision.deviceSize }
  }

  struct Task {
    let name: String
    let reads: [BufferID]
    /// Results and scratch.
    let writes: [BufferID]
    let build: Build
  }

  /// Tasks that depend on no input that changes with each frame; they run when theirs change.
  private(set) var preparation: [Task] = []
  private(set) var tasks: [Task] = []
  private(set) var weights: [Weight] = []
  /// Buffers with the floats that the host gives and takes.
  private(set) var inputs: [String: BufferID] = [:]
  private(set) var outputs: [String: BufferID] = [:]
  private var bufferBytes: [Int] = []
  /// What must not be overwritten between two runs.
  private var kept: Set<BufferID> = []

  /// The input that changes with each frame, if a program has it.
  static let varyingInput = "latents"
  /// What CUDA's allocations are aligned to, and its libraries like.
  static let alignment = 256

  static func aligned(_ bytes: Int) -> Int {
    (max(bytes, 1) + alignment - 1) / alignment * alignment
  }
}

// MARK: - Making one

extension CUDASchedule {
  mutating func addBuffer(bytes: Int) -> BufferID {
    bufferBytes.append(bytes)
    return BufferID(index: bufferBytes.count - 1)
  }

  mutating func addInput(_ name: String, count: Int) -> BufferID {
    let buffer = addBuffer(bytes: count * MemoryLayout<Float>.stride)
    inputs[name] = buffer
    kept.insert(buffer)
    return buffer
  }

  mutating func setOutput(_ name: String, _ buffer: BufferID) {
    outputs[name] = buffer
    kept.insert(buffer)
  }

  mutating func add(_ weight: Weight) -> WeightID {
    weights.append(weight)
    return WeightID(index: weights.count - 1)
  }

  mutating func add(
    _ name: String, reads: [Place], writes: [BufferID], _ build: @escaping Build
  ) {
    let buffers = reads.compactMap { if case .buffer(let id) = $0 { id } else { nil } }
    tasks.append(Task(name: name, reads: buffers, writes: writes, build: build))
  }

  /// Moves what no varying input reaches to the preparation. What the rest reads of it must stay.
  mutating func separatePreparation() {
    guard let varying = inputs[Self.varyingInput] else { return }
    var reached: Set<BufferID> = [varying]
    var rest: [Task] = []
    for task in tasks {
      if task.reads.contains(where: reached.contains) {
        reached.formUnion(task.writes)
        rest.append(task)
      } else {
        preparation.append(task)
      }
    }
    let prepared = Set(preparation.flatMap(\.writes))
    kept.formUnion(rest.flatMap(\.reads).filter(prepared.contains))
    tasks = rest
  }
}

// MARK: - Memory

extension CUDASchedule {
  /// Sizes and lives of all buffers, the preparation's steps first.
  func buffers() -> [MemoryPlan.Buffer] {
    MemoryPlan.buffers(
      bytes: bufferBytes.map(Self.aligned),
      uses: (preparation + tasks).map { ($0.reads + $0.writes).map(\.index) },
      pinned: Set(kept.map(\.index)))
  }
}
