#include "CLivePage.h"

// The page is part of the program, as it is written: there is no folder that could be missing.

static const unsigned char html[] = {
#embed "page/index.html"
};
static const unsigned char css[] = {
#embed "page/style.css"
};
static const unsigned char js[] = {
#embed "page/show.js"
};
static const unsigned char icon[] = {
#embed "page/icon.svg"
};

static const fabula_page_file files[] = {
  {"/", "text/html; charset=utf-8", html, sizeof html},
  {"/style.css", "text/css; charset=utf-8", css, sizeof css},
  {"/show.js", "text/javascript; charset=utf-8", js, sizeof js},
  {"/icon.svg", "image/svg+xml", icon, sizeof icon},
};

const fabula_page_file *fabula_page_file_at(size_t index) {
  return index < sizeof files / sizeof files[0] ? &files[index] : 0;
}
