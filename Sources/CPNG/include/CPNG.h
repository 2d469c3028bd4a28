#pragma once
#include <stddef.h>
#include <stdint.h>

// libpng reports errors by longjmp, which must not cross Swift frames: these calls hold it inside.
// No type of libpng shows here.

typedef struct {
  const char *key;   // Latin-1, at most 79 characters
  const char *value; // UTF-8
} fabula_png_text;

typedef struct {
  uint32_t width, height;
  int depth;               // 8 or 16 bits a channel
  uint8_t *pixels;         // RGB without gaps; 16-bit values in the machine's byte order
  fabula_png_text *texts;
  size_t count;            // of texts
} fabula_png_picture;

// Both return 0, or -1 with a message of at most 256 bytes.

// `bytes` is malloc'ed; the caller frees it.
int fabula_png_encode(
  const void *pixels, uint32_t width, uint32_t height, int depth, int level,
  const fabula_png_text *texts, size_t count, uint8_t **bytes, size_t *size, char *message);

// Any PNG becomes RGB; what is transparent is laid on black.
int fabula_png_decode(
  const uint8_t *bytes, size_t size, fabula_png_picture *picture, char *message);
void fabula_png_free(fabula_png_picture *picture);
