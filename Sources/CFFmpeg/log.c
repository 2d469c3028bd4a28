#include "CFFmpeg.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static _Thread_local char last[512];

static void keep(void *source, int level, const char *format, va_list arguments) {
  (void)source;
  if (level > AV_LOG_ERROR) return;
  char line[sizeof last];
  vsnprintf(line, sizeof line, format, arguments);
  size_t length = strcspn(line, "\r\n");
  line[length] = 0;
  if (length) memcpy(last, line, length + 1);
}

void fabula_log_capture(void) { av_log_set_callback(keep); }
const char *fabula_log_last(void) { return last; }
void fabula_log_clear(void) { last[0] = 0; }
