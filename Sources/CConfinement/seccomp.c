// Filters of system calls (seccomp(2)), as programs of the classic BPF machine.

#include "CConfinement.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#define FIELD(name) offsetof(struct seccomp_data, name)
// The low half of an argument; both architectures are little endian.
#define ARGUMENT(number) (FIELD(args) + 8 * (number))

enum { CAPACITY = 256 };

struct program {
    unsigned short length;
    struct sock_filter code[CAPACITY];
};

static void add(struct program *program, struct sock_filter step) {
    if (program->length < CAPACITY) program->code[program->length++] = step;
}

static void load(struct program *program, uint32_t offset) {
    add(program, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset));
}

static void answer(struct program *program, uint32_t action) {
    add(program, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, action));
}

/// Answers a call by its number.
static void on_call(struct program *program, uint32_t number, uint32_t action) {
    add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1));
    answer(program, action);
}

/// Allows a call unless it asks for executable memory.
static void on_mapping(struct program *program, uint32_t number) {
    add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 4));
    load(program, ARGUMENT(2));
    add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1));
    answer(program, SECCOMP_RET_KILL_PROCESS);
    answer(program, SECCOMP_RET_ALLOW);
}

/// Allows a signal to this process only, as abort(3) sends it.
static void on_signal_to_self(struct program *program, uint32_t number) {
    add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 4));
    load(program, ARGUMENT(0));
    add(program, (struct sock_filter)BPF_JUMP(
        BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)getpid(), 1, 0));
    answer(program, SECCOMP_RET_KILL_PROCESS);
    answer(program, SECCOMP_RET_ALLOW);
}

/// Kills calls of another architecture, whose numbers mean other things.
static void begin(struct program *program) {
    load(program, FIELD(arch));
    add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0));
    answer(program, SECCOMP_RET_KILL_PROCESS);
    load(program, FIELD(nr));
#if defined(__x86_64__)
    // The x32 calls carry a bit in their number.
    add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1));
    answer(program, SECCOMP_RET_KILL_PROCESS);
#endif
}

static int install(struct program *program) {
    if (program->length >= CAPACITY) return -1;
    struct sock_fprog filter = {.len = program->length, .filter = program->code};
    long result = syscall(
        SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter);
    return result == 0 ? 0 : -1;
}

/// What reading, computing, taking memory and writing need; no file, process or socket.
static const uint32_t computing[] = {
    SYS_read, SYS_write, SYS_readv, SYS_writev, SYS_futex, SYS_munmap, SYS_mremap, SYS_madvise,
    SYS_brk, SYS_exit, SYS_exit_group, SYS_rt_sigreturn, SYS_rt_sigprocmask, SYS_rt_sigaction,
    SYS_sigaltstack, SYS_restart_syscall, SYS_getpid, SYS_gettid, SYS_getrandom, SYS_sched_yield,
    SYS_clock_gettime, SYS_gettimeofday, SYS_clock_getres, SYS_getrusage, SYS_sysinfo, SYS_fstat,
};

int confinement_allow_computing(void) {
    struct program program = {0};
    begin(&program);
    for (size_t i = 0; i < sizeof computing / sizeof *computing; i++) {
        on_call(&program, computing[i], SECCOMP_RET_ALLOW);
    }
    // C libraries ask for the kind of their standard streams, and do without the answer.
    on_call(&program, SYS_newfstatat, SECCOMP_RET_ERRNO | EACCES);
    on_call(&program, SYS_ioctl, SECCOMP_RET_ERRNO | ENOTTY);
    on_mapping(&program, SYS_mmap);
    on_mapping(&program, SYS_mprotect);
    on_signal_to_self(&program, SYS_tgkill);
    answer(&program, SECCOMP_RET_KILL_PROCESS);
    return install(&program);
}

/// What no program that reads files and computes needs: networks, other processes, the system.
static const uint32_t reaching_out[] = {
    SYS_socket, SYS_connect, SYS_bind, SYS_listen, SYS_accept, SYS_accept4, SYS_sendto,
    SYS_sendmsg, SYS_sendmmsg, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_kill,
    SYS_tkill, SYS_pidfd_open, SYS_pidfd_getfd, SYS_pidfd_send_signal, SYS_mount, SYS_umount2,
    SYS_pivot_root, SYS_chroot, SYS_unshare, SYS_setns, SYS_bpf, SYS_perf_event_open,
    SYS_add_key, SYS_request_key, SYS_keyctl, SYS_userfaultfd, SYS_io_uring_setup,
    SYS_io_uring_enter, SYS_io_uring_register, SYS_init_module, SYS_finit_module,
    SYS_delete_module, SYS_kexec_load, SYS_reboot, SYS_swapon, SYS_swapoff, SYS_acct, SYS_quotactl,
    SYS_open_by_handle_at, SYS_name_to_handle_at, SYS_fanotify_init, SYS_sethostname,
    SYS_setdomainname, SYS_settimeofday, SYS_clock_settime, SYS_adjtimex, SYS_syslog,
    SYS_mknodat, SYS_process_madvise, SYS_kcmp,
#if defined(__x86_64__)
    SYS_mknod, SYS_iopl, SYS_ioperm, SYS_modify_ldt,
#endif
};

int confinement_deny_network(void) {
    struct program program = {0};
    begin(&program);
    for (size_t i = 0; i < sizeof reaching_out / sizeof *reaching_out; i++) {
        on_call(&program, reaching_out[i], SECCOMP_RET_ERRNO | EPERM);
    }
    on_signal_to_self(&program, SYS_tgkill);
    answer(&program, SECCOMP_RET_ALLOW);
    return install(&program);
}
