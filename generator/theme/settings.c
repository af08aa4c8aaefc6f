/* The settings of a theme: declared in theme.yaml, layer by layer, and set in the blog's liner.yaml. */
#include "theme/theme_inside.h"

void theme_read_settings(
    struct theme *theme, const struct theme_request *request, struct report *report)
{
    static const struct data_value nothing = {.kind = DATA_NONE};
    struct schema_reading of_blog = {
        .file = TEXT("liner.yaml"), .arena = &theme->arena, .report = report};
    for (size_t i = theme->layer_count; i > 0; i--) {
        const struct theme_layer *layer = &theme->layers[i - 1];
        struct schema_reading reading = {
            .file = layer->about_file, .arena = &theme->arena, .report = report};
        schema_declare_settings(&reading, &layer->about.settings, &theme->settings);
    }
    schema_read_theme_settings(
        &of_blog, request->settings ? request->settings : &nothing, &theme->settings);
}
