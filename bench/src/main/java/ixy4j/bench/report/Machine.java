package ixy4j.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The machine that something was measured on, as the kernel describes it. */
public final class Machine {
    /** The key of the rate of the time-stamp counter in {@link #describe}. */
    public static final String TSC = "time-stamp counter";

    /** Where the kernel has its huge pages of 2 MiB. */
    public static final String HUGE_PAGES = "/sys/kernel/mm/hugepages/hugepages-2048kB";

    private static final String MHZ = " MHz";

    private Machine() {}

    /** Names and values for people; the order is that of reports. */
    public static Map<String, String> describe() {
        List<String> cpu = lines("/proc/cpuinfo");
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("processor", value(cpu, "model name"));
        facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("virtual machine", value(cpu, "flags").contains("hypervisor") ? "yes" : "no sign of one");
        double mhz = tscMhz(cpu);
        facts.put(TSC, mhz > 0 ? Math.round(mhz) + MHZ : "its rate is not known here");
        facts.put("memory", value(lines("/proc/meminfo"), "MemTotal"));
        facts.put("memory available", value(lines("/proc/meminfo"), "MemAvailable"));
        facts.put("huge pages of 2 MiB reserved", one(HUGE_PAGES + "/nr_hugepages"));
        facts.put("transparent huge pages", one("/sys/kernel/mm/transparent_hugepage/enabled"));
        facts.put("frequency governor", one("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"));
        facts.put("isolated processors", one("/sys/devices/system/cpu/isolated"));
        facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("architecture", System.getProperty("os.arch"));
        facts.put("JDK", System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"));
        facts.put("load average", one("/proc/loadavg"));
        return facts;
    }

    /** The rate of the time-stamp counter in MHz that {@link #describe} has put down; 0 if it is not known. */
    public static double tscMhz(Map<String, String> facts) {
        String text = facts.getOrDefault(TSC, "");
        return text.endsWith(MHZ) ? Double.parseDouble(text.substring(0, text.length() - MHZ.length())) : 0;
    }

    /** The load of the last minute; 0 if the kernel does not say. */
    public static double load() {
        String[] fields = one("/proc/loadavg").split(" ", -1);
        return fields[0].matches("\\d+\\.\\d+") ? Double.parseDouble(fields[0]) : 0;
    }

    /** MiB that programs can still have; {@link Long#MAX_VALUE} if the kernel does not say. */
    public static long availableMib() {
        Matcher kib = Pattern.compile("(\\d+) kB").matcher(value(lines("/proc/meminfo"), "MemAvailable"));
        return kib.find() ? Long.parseLong(kib.group(1)) / 1024 : Long.MAX_VALUE;
    }

    /** Huge pages of 2 MiB that programs can still have. */
    public static long freeHugePages() {
        String free = one(HUGE_PAGES + "/free_hugepages");
        return free.matches("\\d+") ? Long.parseLong(free) : 0;
    }

    /**
     * The kernel calibrates the counter and derives its loops per jiffy from it, of which bogomips are twice the millions
     * a second (arch/x86/kernel/tsc.c, cpu/proc.c). Only where the counter has one rate for ever.
     */
    static double tscMhz(List<String> cpuinfo) {
        String bogomips = value(cpuinfo, "bogomips");
        return value(cpuinfo, "flags").contains("constant_tsc") && bogomips.matches("\\d+\\.\\d+")
                ? Double.parseDouble(bogomips) / 2
                : 0;
    }

    private static String value(List<String> lines, String name) {
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).trim().equals(name)) {
                return line.substring(colon + 1).trim();
            }
        }
        return "not known";
    }

    private static String one(String path) {
        List<String> lines = lines(path);
        return lines.isEmpty() || lines.getFirst().isBlank()
                ? "none"
                : lines.getFirst().trim();
    }

    private static List<String> lines(String path) {
        try {
            return Files.readAllLines(Path.of(path));
        } catch (IOException e) {
            return List.of(); // not every kernel has each of them
        }
    }
}
