package ixy4j.learn;

import ixy4j.IxyException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The end of the course: a learner's driver answers the pings of Linux, whose own driver has the card at the other end of the
 * cable, in a virtual machine.
 */
final class Ping {
    private static final String SCRIPT = "ip addr add 10.0.0.1/24 dev eth0 && ip link set eth0 up"
            + " && for i in $(seq 100); do [ \"$(cat /sys/class/net/eth0/carrier)\" = 1 ] && break; sleep 0.2; done;"
            + " ping -c 5 -W 2 10.0.0.2";

    private Ping() {}

    /**
     * Pings a driver.
     *
     * @param launcher the file {@code ixy}
     * @param told what there is to say before the lab speaks
     * @return whether it was answered
     */
    static boolean run(String launcher, Path file, Set<Part> used, boolean all, Consumer<String> told) {
        try {
            Path folder = Files.createTempDirectory("ixy-learn");
            try {
                return run(launcher, folder.resolve("card.sock"), file, used, all, told);
            } finally {
                Files.deleteIfExists(folder.resolve("card.sock"));
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new IxyException("the ping cannot be tried: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IxyException("the ping was interrupted");
        }
    }

    private static boolean run(
            String launcher, Path socket, Path file, Set<Part> used, boolean all, Consumer<String> told)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(ChildProcess.java(PingChild.class));
        command.addAll(List.of(file.toString(), socket.toString(), all ? "all" : "few"));
        used.forEach(part -> command.add(part.toString()));
        Process driver = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = driver.inputReader(StandardCharsets.UTF_8)) {
            String first = out.readLine();
            if (!PingChild.READY.equals(first)) {
                told.accept(rest(first, out));
                return false;
            }
            told.accept("Your driver is 10.0.0.2. A virtual machine boots, whose Linux is 10.0.0.1 and asks it:");
            boolean answered = lab(launcher, socket).waitFor() == 0;
            if (!driver.isAlive()) {
                told.accept(rest(out.readLine(), out));
                return false;
            }
            told.accept(answered ? "Your driver has answered Linux." : "There was no answer.");
            return answered;
        } finally {
            driver.getOutputStream().close(); // which ends it
            driver.waitFor();
        }
    }

    /** What the driver's JVM has said before it ended. */
    private static String rest(String first, BufferedReader out) {
        return first == null
                ? "the JVM with your driver has ended"
                : Stream.concat(Stream.of(first), out.lines()).collect(Collectors.joining("\n"));
    }

    private static Process lab(String launcher, Path socket) throws IOException {
        String path = socket.toString().replace("%", "%25").replace(",", "%2C");
        return new ProcessBuilder(launcher, "lab", "--nic", "ixgbe,wire=vfio-user:" + path, "--", "sh", "-c", SCRIPT)
                .inheritIO()
                .start();
    }
}
