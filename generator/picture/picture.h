/*
 * picture: how large a picture is, in pixels, as it is shown.
 *
 * The only room that knows libvips. It opens no file: whoever has the bytes asks. A program that was
 * built without libvips (`make site IMAGES=yes` builds one with it), or that does not find it on the
 * machine, answers that no picture's size is known.
 *
 *     struct picture_library *library = picture_open();
 *     struct picture_size size = picture_measure(library, bytes);     {1600, 900}
 *     picture_close(library);
 *
 * Threads: open and close on one; between them any number may measure.
 */
#ifndef PICTURE_PICTURE_H
#define PICTURE_PICTURE_H

#include "base/base.h"

/* 0, 0: not known. */
struct picture_size {
    unsigned width, height;
};

struct picture_library;

/* Whether the program was built with libvips. */
bool picture_is_built_in(void);
/* Takes some 40 ms where the library is there. NULL: it is not. */
struct picture_library *picture_open(void);
void picture_close(struct picture_library *); /* NULL is fine */

/* Whether a file of that name may be one that can be measured. */
bool picture_has_name(struct text path);
/* Of the bytes of a JPEG, PNG, GIF, WebP, AVIF or SVG: only as much of them is read as tells it. */
struct picture_size picture_measure(const struct picture_library *, struct text bytes);

#endif
