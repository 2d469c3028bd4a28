#pragma once
#include <stddef.h>

/// A file of the live show's page: its path in the address, its media type, and its bytes.
typedef struct {
  const char *path;
  const char *type;
  const unsigned char *bytes;
  size_t size;
} fabula_page_file;

/// The files of the page; null where it has fewer than `index` + 1.
const fabula_page_file *fabula_page_file_at(size_t index);
