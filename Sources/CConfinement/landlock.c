// Landlock, the kernel's file-system rules for unprivileged processes (Linux 5.13, landlock(7)).

#define _GNU_SOURCE
#include "CConfinement.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

// Rights and fields that the kernel knows and older headers do not.
static const uint64_t execute = 1ULL << 0;
static const uint64_t write_file = 1ULL << 1;
static const uint64_t read_file = 1ULL << 2;
static const uint64_t read_dir = 1ULL << 3;
static const uint64_t remove_dir = 1ULL << 4;
static const uint64_t remove_file = 1ULL << 5;
static const uint64_t make_dir = 1ULL << 7;
static const uint64_t make_reg = 1ULL << 8;
static const uint64_t truncate_file = 1ULL << 14;
static const uint64_t rights_by_version[] = {
    0, (1ULL << 13) - 1, (1ULL << 14) - 1, (1ULL << 15) - 1, (1ULL << 15) - 1, (1ULL << 16) - 1,
};
static const uint64_t both_tcp_rights = 3;
static const uint64_t both_scopes = 3;

struct ruleset {
    uint64_t handled_access_fs;
    uint64_t handled_access_net;
    uint64_t scoped;
};

int confinement_landlock_version(void) {
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return version > 0 ? (int)version : 0;
}

/// Allows `rights` below a path; a path that is not there needs no rule.
static int allow(int ruleset, const char *path, uint64_t rights) {
    int place = open(path, O_PATH | O_CLOEXEC);
    if (place < 0) return 0;
    struct landlock_path_beneath_attr rule = {.allowed_access = rights, .parent_fd = place};
    long result = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    if (result != 0) {
        // The rights of folders cannot be given on a file.
        rule.allowed_access &= execute | write_file | read_file | truncate_file;
        result = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    }
    close(place);
    return (int)result;
}

int confinement_restrict_files(const char *const *readable, const char *const *writable) {
    int version = confinement_landlock_version();
    if (version < 1) return -1;
    int known = version < 5 ? version : 5;
    struct ruleset attributes = {
        .handled_access_fs = rights_by_version[known],
        .handled_access_net = version >= 4 ? both_tcp_rights : 0,
        .scoped = version >= 6 ? both_scopes : 0,
    };
    size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &attributes, size, 0);
    if (ruleset < 0) return -1;
    uint64_t reading = execute | read_file | read_dir;
    uint64_t writing = reading | write_file | remove_dir | remove_file | make_dir | make_reg
        | (rights_by_version[known] & truncate_file);
    int result = 0;
    for (; readable && *readable && result == 0; readable++) {
        result = allow(ruleset, *readable, reading);
    }
    for (; writable && *writable && result == 0; writable++) {
        result = allow(ruleset, *writable, writing);
    }
    if (result == 0) result = (int)syscall(SYS_landlock_restrict_self, ruleset, 0);
    close(ruleset);
    return result;
}
