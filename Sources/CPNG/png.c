#include "CPNG.h"
#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// A decoded picture and its text stay below this, whatever the file says.
enum { largest_side = 16384, largest_chunk = 8 << 20 };

static void fail(png_structp png, png_const_charp what) {
  snprintf(png_get_error_ptr(png), 256, "%s", what);
  png_longjmp(png, 1);
}

static void ignore(png_structp png, png_const_charp what) {
  (void)png;
  (void)what;
}

// Writing

typedef struct {
  uint8_t *bytes;
  size_t size, room;
} sink;

static void put(png_structp png, png_bytep data, size_t size) {
  sink *to = png_get_io_ptr(png);
  if (to->size + size > to->room) {
    size_t room = (to->size + size) * 2;
    uint8_t *bytes = realloc(to->bytes, room);
    if (!bytes) png_error(png, "out of memory");
    to->bytes = bytes;
    to->room = room;
  }
  memcpy(to->bytes + to->size, data, size);
  to->size += size;
}

static void flush(png_structp png) { (void)png; }

static int is_ascii(const char *text) {
  for (; *text; text++)
    if ((unsigned char)*text > 126) return 0;
  return 1;
}

static void set_texts(png_structp png, png_infop info, const fabula_png_text *texts, size_t count) {
  for (size_t k = 0; k < count; k++) {
    png_text text = {0};
    int plain = is_ascii(texts[k].value);
    text.compression = plain ? PNG_TEXT_COMPRESSION_NONE : PNG_ITXT_COMPRESSION_NONE;
    text.key = (char *)texts[k].key;
    text.text = (char *)texts[k].value;
    *(plain ? &text.text_length : &text.itxt_length) = strlen(texts[k].value);
    png_set_text(png, info, &text, 1); // copies
  }
}

int fabula_png_encode(
  const void *pixels, uint32_t width, uint32_t height, int depth, int level,
  const fabula_png_text *texts, size_t count, uint8_t **bytes, size_t *size, char *message) {
  sink to = {0};
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, message, fail, ignore);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info || setjmp(png_jmpbuf(png))) {
    if (!info) snprintf(message, 256, "out of memory");
    png_destroy_write_struct(&png, &info);
    free(to.bytes);
    return -1;
  }
  png_set_write_fn(png, &to, put, flush);
  png_set_compression_level(png, level);
  png_set_IHDR(
    png, info, width, height, depth, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
    PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_sRGB(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
  set_texts(png, info, texts, count);
  png_write_info(png, info);
  if (depth == 16) png_set_swap(png);
  size_t stride = (size_t)width * 3 * (depth / 8);
  for (uint32_t y = 0; y < height; y++) png_write_row(png, (png_const_bytep)pixels + y * stride);
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  *bytes = to.bytes;
  *size = to.size;
  return 0;
}

// Reading

typedef struct {
  const uint8_t *bytes;
  size_t left;
} source;

static void get(png_structp png, png_bytep data, size_t size) {
  source *from = png_get_io_ptr(png);
  if (size > from->left) png_error(png, "the file is cut off");
  memcpy(data, from->bytes, size);
  from->bytes += size;
  from->left -= size;
}

static void to_rgb(png_structp png, png_infop info) {
  int type = png_get_color_type(png, info);
  png_set_expand(png); // palettes, small greys, transparent colours
  if (!(type & PNG_COLOR_MASK_COLOR)) png_set_gray_to_rgb(png);
  png_color_16 black = {0};
  png_set_background(png, &black, PNG_BACKGROUND_GAMMA_SCREEN, 0, 1);
  if (png_get_bit_depth(png, info) == 16) png_set_swap(png);
  png_set_interlace_handling(png);
  png_read_update_info(png, info);
}

static void copy_texts(png_structp png, png_infop info, fabula_png_picture *picture) {
  png_textp texts = NULL;
  int count = 0;
  png_get_text(png, info, &texts, &count);
  if (count <= 0) return;
  picture->texts = calloc((size_t)count, sizeof *picture->texts);
  if (!picture->texts) png_error(png, "out of memory");
  for (int k = 0; k < count; k++) {
    char *key = strdup(texts[k].key), *value = strdup(texts[k].text ? texts[k].text : "");
    picture->texts[k] = (fabula_png_text){key, value};
    picture->count = (size_t)k + 1;
    if (!key || !value) png_error(png, "out of memory");
  }
}

int fabula_png_decode(
  const uint8_t *bytes, size_t size, fabula_png_picture *picture, char *message) {
  source from = {bytes, size};
  memset(picture, 0, sizeof *picture);
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, message, fail, ignore);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info || setjmp(png_jmpbuf(png))) {
    if (!info) snprintf(message, 256, "out of memory");
    png_destroy_read_struct(&png, &info, NULL);
    fabula_png_free(picture);
    return -1;
  }
  png_set_user_limits(png, largest_side, largest_side);
  png_set_chunk_malloc_max(png, largest_chunk);
  png_set_read_fn(png, &from, get);
  png_read_info(png, info);
  int passes = png_get_interlace_type(png, info) == PNG_INTERLACE_NONE ? 1 : 7;
  to_rgb(png, info);
  picture->width = png_get_image_width(png, info);
  picture->height = png_get_image_height(png, info);
  picture->depth = png_get_bit_depth(png, info);
  size_t stride = png_get_rowbytes(png, info);
  if (stride != (size_t)picture->width * 3 * (picture->depth / 8)) png_error(png, "not RGB");
  picture->pixels = malloc(stride * picture->height);
  if (!picture->pixels) png_error(png, "out of memory");
  for (int pass = 0; pass < passes; pass++)
    for (uint32_t y = 0; y < picture->height; y++)
      png_read_row(png, picture->pixels + y * stride, NULL);
  png_read_end(png, info);
  copy_texts(png, info, picture);
  png_destroy_read_struct(&png, &info, NULL);
  return 0;
}

void fabula_png_free(fabula_png_picture *picture) {
  for (size_t k = 0; k < picture->count; k++) {
    free((char *)picture->texts[k].key);
    free((char *)picture->texts[k].value);
  }
  free(picture->texts);
  free(picture->pixels);
  memset(picture, 0, sizeof *picture);
}
