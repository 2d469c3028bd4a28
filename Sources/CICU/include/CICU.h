// The part of ICU that Story needs, without ICU's own types: its renaming macros don't import
// into Swift, and its headers clash with the ICU inside Foundation.
#pragma once
#include <stdint.h>

/// What a code point is to a sentence, after Unicode's Sentence_Break property (UAX #29).
enum CICUClass : uint8_t {
  CICUOther,
  CICUSpace,
  /// Carriage return, line feed, U+0085, U+2028, U+2029.
  CICUNewline,
  CICULower,
  CICUUpper,
  /// A letter of a script without case.
  CICULetter,
  CICUDigit,
  /// The full stop and its like, which may also end an abbreviation.
  CICUFullStop,
  /// Marks that only end sentences: ! ? 。 ।
  CICUTerminator,
  /// Quotation marks and brackets.
  CICUClose,
  /// Comma, semicolon, colon, dashes.
  CICUContinue,
  /// Combining marks and format characters: they belong to what they follow.
  CICUExtend,
};

/// The class of one code point.
uint8_t cicu_class(uint32_t point);

/// Writes the classes of the code points 0..<count.
void cicu_classes(uint8_t *classes, uint32_t count);
