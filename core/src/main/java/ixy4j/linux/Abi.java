package ixy4j.linux;

/** Constants of Linux's interface to programs, the same on x86-64 and aarch64 (include/uapi). */
public final class Abi {
    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_NONBLOCK = 0x800;
    public static final int O_CLOEXEC = 0x80000;
    public static final int PROT_READ_WRITE = 3;
    public static final int MAP_SHARED = 0x01;
    public static final int MAP_FIXED = 0x10;
    public static final int MAP_PRIVATE_ANONYMOUS = 0x22;
    public static final int MAP_NORESERVE = 0x4000;
    public static final int MAP_SHARED_ANONYMOUS_HUGE = 0x21 | 0x40000 | 21 << 26; // of 2 MiB
    public static final int MFD_CLOEXEC = 1;
    public static final int MFD_HUGETLB_2MB = 4 | 21 << 26;
    public static final int MADV_HUGEPAGE = 14;
    public static final int MADV_POPULATE_WRITE = 23; // from Linux 5.14 on
    public static final int LOCK_EX_NB = 2 | 4;
    public static final int EFD_NONBLOCK = 0x800;
    public static final int EFD_CLOEXEC = 0x80000;

    private Abi() {}
}
