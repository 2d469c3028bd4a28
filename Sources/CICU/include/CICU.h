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

/// Lower case of one code point (simple mapping).
uint32_t cicu_lower(uint32_t point);

/// Writes the offsets at which a line of UTF-8 may be broken, without the beginning, at most
/// `limit`, and returns how many there are; dictionaries find the words of Thai, Khmer, Lao,
/// Burmese, Chinese and Japanese. Returns -1 where ICU's data are missing.
int32_t cicu_line_breaks(const uint8_t *text, int32_t length, const char *language,
                         int32_t *offsets, int32_t limit);
