// What a child process may not do, applied by the kernel: resource limits, no_new_privs,
// Landlock (file system) and seccomp (system calls).
//
// In C because the code between fork and exec may call only what is safe there, and because
// Landlock and seccomp have no library functions.

#ifndef CCONFINEMENT_H
#define CCONFINEMENT_H

#include <stdint.h>
#include <sys/types.h>

/// Measures that were applied, as bits.
enum {
    CONFINEMENT_RESOURCE_LIMITS = 1,
    CONFINEMENT_NO_NEW_PRIVILEGES = 2,
    CONFINEMENT_FILE_SYSTEM = 4,
    CONFINEMENT_SYSTEM_CALLS = 8,
};

/// Bounds on one process; 0 in address_space and cpu_seconds leaves a limit as it is.
struct confinement_limits {
    uint64_t address_space;
    uint64_t cpu_seconds;
    uint64_t file_size;
    uint64_t open_files;
};

/// A program to start and what it may do. Paths that do not exist are left out.
struct confinement_program {
    const char *path;
    char *const *arguments;
    char *const *environment;
    struct confinement_limits limits;
    /// Null-terminated; files below may be read and executed.
    const char *const *readable;
    /// Null-terminated; files below may also be made, written and removed.
    const char *const *writable;
    /// Whether Landlock and seccomp are applied before the program starts.
    int is_restricted;
};

/// How a start ended: the process, or -1 with the error; the measures that hold.
struct confinement_start {
    pid_t process;
    int error;
    uint32_t measures;
};

/// Starts a program with standard input and output as given; standard error is discarded.
///
/// Closes no descriptor of this process. The child leads a session of its own.
struct confinement_start confinement_start(
    const struct confinement_program *program, int input, int output);

/// Confines the calling process, which has one thread, to computing on what it reads from its
/// open descriptors: `address_space` counts from what is mapped now.
///
/// Returns the measures that hold.
uint32_t confinement_enter(struct confinement_limits limits);

/// The highest Landlock version of the kernel, 0 if it has none or is told not to use it.
int confinement_landlock_version(void);

/// Makes a pipe that no other child inherits, reads without blocking, and holds `size` bytes
/// where the kernel grants it; its reading end first. 0, or -1 with errno.
int confinement_pipe(int ends[2], int size);

// Internal to the target.
int confinement_restrict_files(const char *const *readable, const char *const *writable);
int confinement_allow_computing(void);
int confinement_deny_network(void);
int confinement_set_limits(struct confinement_limits limits);

#endif
