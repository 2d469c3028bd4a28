#pragma once
#include <stddef.h>

/// A file of the embedded model: its path in the model's folder, and its bytes.
typedef struct {
  const char *path;
  const unsigned char *bytes;
  size_t size;
} fabula_pocket_file;

/// The files of the embedded model; null where it has fewer than `index` + 1.
const fabula_pocket_file *fabula_pocket_file_at(size_t index);
