/* What no build stumbles over: what of it is told by where each output stands. */
#include "plan/plan.h"

struct addresses {
    struct arena *arena;
    struct map outputs; /* path -> struct plan_output */
};

/* "about/" and "about" are the folder's index.html; "favicon.ico" is itself. */
static const struct plan_output *find_output(struct addresses *addresses, struct text path)
{
    bool is_folder = path.length == 0 || text_ends(path, "/");
    const struct plan_output *output = map_get(&addresses->outputs, path);
    if (output && !is_folder)
        return output;
    return map_get(&addresses->outputs,
        arena_format(addresses->arena, "%.*s%sindex.html", TEXT_ARGS(path), is_folder ? "" : "/"));
}

static bool leads(void *context, struct text path, const struct catalog_thing **thing)
{
    const struct plan_output *output = find_output(context, path);
    *thing = output ? output->thing : NULL;
    return output != NULL;
}

static void check_menu(
    const struct schema_settings *settings, struct addresses *addresses, struct report *report)
{
    const struct schema_menu_item *const *items = settings->menu.items;
    for (size_t i = 0; i < settings->menu.count; i++) {
        struct text path, heading;
        if (!catalog_is_own_address(settings, items[i]->url, addresses->arena, &path, &heading) ||
            find_output(addresses, path))
            continue;
        report_at(report, REPORT_ERROR, schema_place(TEXT("liner.yaml"), items[i]->spot),
            "nothing on this site is at '%.*s', where '%.*s' in the menu leads",
            TEXT_ARGS(items[i]->url), TEXT_ARGS(items[i]->title));
    }
}

void plan_check(const struct plan *plan, struct arena *arena, struct report *report)
{
    struct addresses addresses = {.arena = arena};
    struct catalog_addresses asked = {leads, &addresses};
    map_init(&addresses.outputs, arena);
    for (size_t i = 0; i < plan->count; i++)
        map_put(&addresses.outputs, plan->outputs[i].path, &plan->outputs[i]);
    catalog_check(plan->catalog, &asked, arena, report);
    check_menu(plan->catalog->request.settings, &addresses, report);
}
