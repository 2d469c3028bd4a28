#include <cstdlib>
#include <cstring>

#include "Functions.h"

// NVRTC. The kernels are compiled already; what it makes of them is one byte that says for which
// type.

namespace {

struct Program {
  char type;
};

int create(Program **program, const char *, const char *, int, const void *, const void *) {
  *program = new Program{0};
  return 0;
}

int destroy(Program **program) {
  delete *program;
  return 0;
}

int compile(Program *program, int count, const char *const *options) {
  constexpr char type[] = "-DFABULA_TYPE=";
  for (int i = 0; i < count; i++) {
    if (strncmp(options[i], type, strlen(type)) == 0) {
      program->type = (char)atoi(options[i] + strlen(type));
    }
  }
  return 0;
}

int size(Program *, size_t *bytes) {
  *bytes = 1;
  return 0;
}

int read_log(Program *, char *log) {
  *log = 0;
  return 0;
}

int read_binary(Program *program, char *binary) {
  *binary = program->type;
  return 0;
}

}  // namespace

const Functions &compiler_functions() {
  static const Functions functions = {
      {"nvrtcCreateProgram", (void *)create},
      {"nvrtcDestroyProgram", (void *)destroy},
      {"nvrtcCompileProgram", (void *)compile},
      {"nvrtcGetProgramLogSize", (void *)size},
      {"nvrtcGetProgramLog", (void *)read_log},
      {"nvrtcGetCUBINSize", (void *)size},
      {"nvrtcGetCUBIN", (void *)read_binary},
  };
  return functions;
}
