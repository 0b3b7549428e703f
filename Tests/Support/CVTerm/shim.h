// libvterm for tests. Its cells hold bit-fields, which Swift cannot read, and its callbacks are structs of function
// pointers; so a cell is copied into plain integers here, and the two properties that tests ask for are kept here.
#ifndef ZF_CVTERM_SHIM_H
#define ZF_CVTERM_SHIM_H

#include <stdint.h>
#include <string.h>
#include <vterm.h>

typedef struct {
  uint32_t scalars[VTERM_MAX_CHARS_PER_CELL];
  int32_t width, bold, underline, reverse, has_colour;
} zf_cell;

typedef struct {
  int32_t cursor_visible, alternate_screen, bells;
} zf_properties;

static inline int zf_set_property(VTermProp property, VTermValue *value, void *user) {
  zf_properties *kept = (zf_properties *)user;
  if (property == VTERM_PROP_CURSORVISIBLE) kept->cursor_visible = value->boolean;
  if (property == VTERM_PROP_ALTSCREEN) kept->alternate_screen = value->boolean;
  return 1;
}

static inline int zf_bell(void *user) {
  ((zf_properties *)user)->bells += 1;
  return 1;
}

static const VTermScreenCallbacks zf_callbacks = {.settermprop = zf_set_property, .bell = zf_bell};

static inline void zf_keep_properties(VTermScreen *screen, zf_properties *kept) {
  kept->cursor_visible = 1;
  vterm_screen_set_callbacks(screen, &zf_callbacks, kept);
}

static inline int zf_get_cell(VTermScreen *screen, int row, int column, zf_cell *out) {
  VTermScreenCell cell;
  VTermPos position = {row, column};
  if (!vterm_screen_get_cell(screen, position, &cell)) return 0;
  memcpy(out->scalars, cell.chars, sizeof out->scalars);
  out->width = cell.width;
  out->bold = cell.attrs.bold != 0;
  out->underline = cell.attrs.underline != 0;
  out->reverse = cell.attrs.reverse != 0;
  out->has_colour = !VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) || !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg);
  return 1;
}

#endif
