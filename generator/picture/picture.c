/*
 * What is true with and without libvips.
 *
 * The library is not linked but loaded, when there is a picture to measure: it brings a hundred others with
 * it, and 25 ms before the first line of the program, of which a build that finds nothing changed takes few.
 */
#include "picture/picture.h"

bool picture_has_name(struct text path)
{
    static const char *const ends[] = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg"};
    char end[6] = {0};
    size_t dot = path.length;
    while (dot > 0 && path.at[dot - 1] != '.' && path.at[dot - 1] != '/')
        dot--;
    struct text tail = text_slice(path, dot ? dot - 1 : 0, path.length);
    if (tail.length >= sizeof end)
        return false;
    for (size_t i = 0; i < tail.length; i++)
        end[i] = tail.at[i] >= 'A' && tail.at[i] <= 'Z' ? (char)(tail.at[i] | 0x20) : tail.at[i];
    for (size_t i = 0; i < BASE_COUNT(ends); i++)
        if (strcmp(end, ends[i]) == 0)
            return true;
    return false;
}

#ifdef LINER_IMAGES

#include <dlfcn.h>
#include <vips/vips.h>

/* As the headers have them, from the library that is loaded. */
#define FUNCTIONS(DO)                                                                              \
    DO(vips_init)                                                                                  \
    DO(vips_operation_block_set)                                                                   \
    DO(vips_image_new_from_buffer)                                                                 \
    DO(vips_image_get_width)                                                                       \
    DO(vips_image_get_height)                                                                      \
    DO(vips_image_get_orientation_swap)                                                            \
    DO(vips_error_clear)                                                                           \
    DO(vips_thread_shutdown)                                                                       \
    DO(g_log_set_handler)                                                                          \
    DO(g_object_unref)

#define MEMBER(name) __typeof__(&(name)) name;
struct picture_library {
    FUNCTIONS(MEMBER)
};

static void say_nothing(
    const gchar *domain, GLogLevelFlags level, const gchar *message, gpointer context)
{
    (void)domain, (void)level, (void)message, (void)context;
}

/* Of all that the library reads, what browsers show: its other readers are many, and not all meet strangers'
 * files well. */
static void allow_few(const struct picture_library *library)
{
    static const char *const readers[] = {"VipsForeignLoadJpeg", "VipsForeignLoadPng",
        "VipsForeignLoadNsgif", "VipsForeignLoadWebp", "VipsForeignLoadHeif", "VipsForeignLoadSvg"};
    library->vips_operation_block_set("VipsForeignLoad", TRUE);
    for (size_t i = 0; i < BASE_COUNT(readers); i++)
        library->vips_operation_block_set(readers[i], FALSE);
}

static bool find_functions(struct picture_library *library, void *handle)
{
#define FIND(name)                                                                                 \
    *(void **)&library->name = dlsym(handle, #name);                                               \
    if (!library->name)                                                                            \
        return false;
    FUNCTIONS(FIND)
    return true;
}

bool picture_is_built_in(void)
{
    return true;
}

/* What is loaded stays: GLib's types can't be taken back. */
struct picture_library *picture_open(void)
{
    void *handle = dlopen("libvips.so.42", RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    struct picture_library *library = handle ? base_alloc(sizeof *library) : NULL;
    if (!library || !find_functions(library, handle) || library->vips_init("liner") != 0) {
        base_free(library);
        return NULL;
    }
    library->g_log_set_handler("VIPS", G_LOG_LEVEL_MASK, say_nothing, NULL);
    allow_few(library);
    return library;
}

void picture_close(struct picture_library *library)
{
    base_free(library);
}

struct picture_size picture_measure(const struct picture_library *library, struct text bytes)
{
    struct picture_size size = {0, 0};
    VipsImage *image = bytes.length && library
                           ? library->vips_image_new_from_buffer(bytes.at, bytes.length, "", NULL)
                           : NULL;
    if (image) {
        /* A telephone held upright writes that its picture is to be turned, and browsers turn it. */
        bool is_turned = library->vips_image_get_orientation_swap(image);
        unsigned width = (unsigned)library->vips_image_get_width(image);
        unsigned height = (unsigned)library->vips_image_get_height(image);
        size =
            is_turned ? (struct picture_size){height, width} : (struct picture_size){width, height};
        library->g_object_unref(image);
    }
    if (library) {
        library->vips_error_clear();
        library->vips_thread_shutdown();
    }
    return size;
}

#else

bool picture_is_built_in(void)
{
    return false;
}

struct picture_library *picture_open(void)
{
    return NULL;
}

void picture_close(struct picture_library *library)
{
    (void)library;
}

struct picture_size picture_measure(const struct picture_library *library, struct text bytes)
{
    (void)library, (void)bytes;
    return (struct picture_size){0, 0};
}

#endif
