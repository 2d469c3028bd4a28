#include "CICU.h"

#include <unicode/uchar.h>

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
