// Starting a confined program, and confining the process that runs.

#define _GNU_SOURCE
#include "CConfinement.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int limit(__rlimit_resource_t resource, uint64_t value) {
    struct rlimit bound = {.rlim_cur = value, .rlim_max = value};
    return setrlimit(resource, &bound);
}

int confinement_set_limits(struct confinement_limits limits) {
    int result = limit(RLIMIT_CORE, 0);
    result |= limit(RLIMIT_FSIZE, limits.file_size);
    result |= limit(RLIMIT_NOFILE, limits.open_files);
    if (limits.cpu_seconds) {
        // SIGXCPU at the first bound, SIGKILL at the second.
        struct rlimit time = {.rlim_cur = limits.cpu_seconds, .rlim_max = limits.cpu_seconds + 2};
        result |= setrlimit(RLIMIT_CPU, &time);
    }
    if (limits.address_space) result |= limit(RLIMIT_AS, limits.address_space);
    return result;
}

static uint64_t mapped_bytes(void) {
    FILE *file = fopen("/proc/self/statm", "r");
    unsigned long long pages = 0;
    if (!file) return 0;
    if (fscanf(file, "%llu", &pages) != 1) pages = 0;
    fclose(file);
    return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

uint32_t confinement_enter(struct confinement_limits limits) {
    uint32_t measures = 0;
    uint64_t mapped = mapped_bytes();
    if (limits.address_space) limits.address_space += mapped;
    int isMeasured = mapped > 0 || limits.address_space == 0;
    prctl(PR_SET_DUMPABLE, 0);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0) measures |= CONFINEMENT_NO_NEW_PRIVILEGES;
    if (confinement_restrict_files(NULL, NULL) == 0) measures |= CONFINEMENT_FILE_SYSTEM;
    if (isMeasured && confinement_set_limits(limits) == 0) measures |= CONFINEMENT_RESOURCE_LIMITS;
    if (confinement_allow_computing() == 0) measures |= CONFINEMENT_SYSTEM_CALLS;
    return measures;
}

/// Gives a child the signals of a fresh process.
static void reset_signals(void) {
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/// Descriptors above standard error end with the start of the program.
static void close_others_on_exec(void) {
    const unsigned int on_exec = 1U << 2;
    if (syscall(SYS_close_range, 3U, ~0U, on_exec) == 0) return;
    long last = sysconf(_SC_OPEN_MAX);
    for (int descriptor = 3; descriptor < (last > 0 ? last : 1024); descriptor++) {
        fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    }
}

/// What a child tells its parent before, and if, the program starts.
struct news {
    uint32_t measures;
    int error;
};

/// Becomes the program; says so, or why not.
static _Noreturn void run(
    const struct confinement_program *program, int input, int output, int parent) {
    struct news news = {0};
    reset_signals();
    setsid();
    // Out of the way of the standard streams, which may be closed in the parent.
    input = fcntl(input, F_DUPFD_CLOEXEC, 10);
    output = fcntl(output, F_DUPFD_CLOEXEC, 10);
    parent = fcntl(parent, F_DUPFD_CLOEXEC, 10);
    int silence = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (silence < 0 || dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(silence, 2) < 0) {
        goto failed;
    }
    close_others_on_exec();
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0) {
        news.measures |= CONFINEMENT_NO_NEW_PRIVILEGES;
    }
    // Before the limits: with many descriptors open here, the paths could not be opened after them.
    if (program->is_restricted && confinement_landlock_version() > 0) {
        if (confinement_restrict_files(program->readable, program->writable) != 0) goto failed;
        news.measures |= CONFINEMENT_FILE_SYSTEM;
    }
    if (confinement_set_limits(program->limits) == 0) {
        news.measures |= CONFINEMENT_RESOURCE_LIMITS;
    }
    if (program->is_restricted && confinement_deny_network() == 0) {
        news.measures |= CONFINEMENT_SYSTEM_CALLS;
    }
    if (write(parent, &news, sizeof news) == sizeof news) {
        execve(program->path, program->arguments, program->environment);
    }
failed:
    news.error = errno ? errno : EINVAL;
    if (write(parent, &news, sizeof news) < 0) _exit(126);
    _exit(127);
}

/// The last news of a child; its descriptor closes when the program starts.
static struct news listen_to(int descriptor) {
    struct news news = {0};
    struct news last = {.error = ECHILD};
    while (1) {
        ssize_t count = read(descriptor, &news, sizeof news);
        if (count < 0 && errno == EINTR) continue;
        if (count != sizeof news) return last;
        last = news;
    }
}

int confinement_pipe(int ends[2], int size) {
    if (pipe2(ends, O_CLOEXEC) != 0) return -1;
    // What cannot be widened is slower, and no more.
    fcntl(ends[0], F_SETPIPE_SZ, size);
    return fcntl(ends[0], F_SETFL, O_NONBLOCK);
}

struct confinement_start confinement_start(
    const struct confinement_program *program, int input, int output) {
    struct confinement_start result = {.process = -1};
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        result.error = errno;
        return result;
    }
    // Not fork(3): its handlers would stop the threads of numerical libraries in this process.
    pid_t process = _Fork();
    if (process == 0) run(program, input, output, ends[1]);
    result.error = process < 0 ? errno : 0;
    close(ends[1]);
    if (process > 0) {
        struct news news = listen_to(ends[0]);
        result.measures = news.measures;
        result.error = news.error;
        if (news.error == 0) {
            result.process = process;
        } else {
            while (waitpid(process, NULL, 0) < 0 && errno == EINTR) {}
        }
    }
    close(ends[0]);
    return result;
}
