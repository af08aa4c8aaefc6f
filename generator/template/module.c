/*
 * Modules that are the same on every page: templates with macros, constants and text and nothing else
 * at their top level. Imported without context, each gives what it gave before: so it is run once,
 * when it is compiled, and then only read, by all threads.
 */
#include "template/template_run_inside.h"

static bool is_constant(const struct template_node *node)
{
    switch (node->kind) {
    case NODE_TEXT:
    case NODE_MACRO: return true;
    case NODE_SET:
        return node->as.set.target->kind == NODE_NAME && !node->as.set.target->as.name.member &&
               node->as.set.value->kind == NODE_LITERAL;
    default: return false;
    }
}

static bool is_module(const struct template_file *file)
{
    bool has_macro = false;
    for (size_t i = 0; i < file->root.body.count; i++) {
        if (!is_constant(file->root.body.at[i]))
            return false;
        has_macro = has_macro || file->root.body.at[i]->kind == NODE_MACRO;
    }
    return has_macro;
}

void template_keep_module(struct template_set *set, struct template_file *file)
{
    if (file->stage != STAGE_READY || !is_module(file))
        return;
    struct template_module_value *module = arena_alloc(&set->arena, sizeof *module);
    struct template_context *context = arena_alloc(&set->arena, sizeof *context);
    struct data_run run = {.scratch = &set->arena};
    struct buffer out;
    buffer_init(&out);
    struct template_state state = {.set = set, .run = &run, .out = &out, .file = file};
    context->is_alone = context->is_page_hidden = true;
    if (template_run_file(&state, file, context)) {
        struct text text = template_end(&state, 0);
        *module = (struct template_module_value){
            context, file, file->autoescape ? data_html(text) : data_text(text)};
        file->module = module;
    }
    buffer_release(&out);
}
