/* What the files of the room share: opening with the link policy, and the system's answers. */
#ifndef DISK_DISK_INSIDE_H
#define DISK_DISK_INSIDE_H

#include "disk/disk.h"

#include <sys/stat.h>

/* What an errno means for the caller. */
enum disk_result disk_result_of(int error);

/* Opens by the policy of disk.h; the handle is the caller's. Never creates. */
enum disk_result disk_open(const struct disk_folder *, const char *path, int flags, int *handle);
/* Makes a file and opens it to write, where nothing was and no link is on the way: then nearly all is
 * done in one step. False: nothing was made, and why is for the longer way to find out. */
bool disk_open_new(const struct disk_folder *, const char *path, int *handle);
/* Makes a folder at a place that the user named, where links are followed, in one step. False: the place is in
 * the disk's folder, and nothing was made. */
bool disk_make_new(const struct disk_folder *, const char *path, enum disk_result *);
/* Likewise the status of what stands there; of a link itself. */
bool disk_stat_named(
    const struct disk_folder *, const char *path, struct stat *, enum disk_result *);
/* Whether an open file or folder lies in an open folder, or is that folder. */
bool disk_is_inside(int folder, int handle);

struct disk_status disk_status_of(const struct stat *);

/* `list` and `names` of the real disk. */
enum disk_result disk_list_real(const struct disk *, const char *folder,
    bool (*skip)(void *context, struct text path, bool is_folder), void *skip_context,
    struct arena *, struct disk_list *);
enum disk_result disk_names_real(
    const struct disk *, const char *folder, struct arena *, struct disk_list *);

#endif
