/// About how many tokens CLIP's tokenizer makes of a text, rather too many than too few.
enum TokenEstimate {
  static func tokens(in text: String) -> Int {
    var tokens = 0
    var letters = 0
    var foreign = 0
    var wasMark = false
    func closed() -> Int {
      let own = letters == 0 ? 0 : letters <= 8 ? 1 : letters <= 13 ? 2 : 3 + (letters - 13) / 5
      return own + (foreign + 1) / 2
    }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z":
        letters += 1
        wasMark = false
      case "0"..."9":
        tokens += 1
        wasMark = false
      default:
        if scalar.kind.isWord {
          // A letter outside ASCII is two or three bytes, seldom merged.
          foreign += scalar.value < 0x800 ? 2 : 5
          wasMark = false
        } else {
          tokens += closed()
          (letters, foreign) = (0, 0)
          if !scalar.kind.isSpace {
            if !wasMark { tokens += 1 }
            wasMark = true
          } else {
            wasMark = false
          }
        }
      }
    }
    return tokens + closed()
  }
}
