#include "CICU.h"

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

uint8_t cicu_class(uint32_t point) {
  switch (u_getIntPropertyValue((UChar32)point, UCHAR_SENTENCE_BREAK)) {
    case U_SB_SP: return CICUSpace;
    case U_SB_SEP:
    case U_SB_CR:
    case U_SB_LF: return CICUNewline;
    case U_SB_LOWER: return CICULower;
    case U_SB_UPPER: return CICUUpper;
    case U_SB_OLETTER: return CICULetter;
    case U_SB_NUMERIC: return CICUDigit;
    case U_SB_ATERM: return CICUFullStop;
    case U_SB_STERM: return CICUTerminator;
    case U_SB_CLOSE: return CICUClose;
    case U_SB_SCONTINUE: return CICUContinue;
    case U_SB_EXTEND:
    case U_SB_FORMAT: return CICUExtend;
    default: return CICUOther;
  }
}

void cicu_classes(uint8_t *classes, uint32_t count) {
  for (uint32_t point = 0; point < count; point++) classes[point] = cicu_class(point);
}

uint32_t cicu_lower(uint32_t point) { return (uint32_t)u_tolower((UChar32)point); }

int32_t cicu_line_breaks(const uint8_t *text, int32_t length, const char *language,
                         int32_t *offsets, int32_t limit) {
  UErrorCode status = U_ZERO_ERROR;
  UText source = UTEXT_INITIALIZER;
  utext_openUTF8(&source, (const char *)text, length, &status);
  UBreakIterator *lines = ubrk_open(UBRK_LINE, language, NULL, 0, &status);
  ubrk_setUText(lines, &source, &status);
  int32_t count = U_FAILURE(status) ? -1 : 0;
  while (count >= 0 && count < limit) {
    int32_t offset = ubrk_next(lines);
    if (offset == UBRK_DONE) break;
    offsets[count++] = offset;
  }
  ubrk_close(lines);
  utext_close(&source);
  return count;
}
