package ixy4j.apps;

import ixy4j.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Runs commands as somebody who may do nothing, but can read the class path at least. */
final class Nobody {
    private Nobody() {}

    /**
     * A command of the project's.
     *
     * @param folder an empty one, for the class path
     * @param rights options of setpriv that give some
     */
    static List<String> command(Path folder, List<String> rights, String... arguments) throws IOException {
        if (!Machine.isRoot()) {
            return Cli.ixy(arguments);
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<Path> classPath = new ArrayList<>();
        for (Path original : Cli.classPath()) {
            Path copy = folder.resolve(classPath.size() + (Files.isDirectory(original) ? "" : ".jar"));
            Cli.run(List.of("cp", "-r", original.toString(), copy.toString()), Cli.SHORT)
                    .succeeds();
            classPath.add(copy);
        }
        Cli.run(List.of("chmod", "-R", "a+rX", folder.toString()), Cli.SHORT).succeeds();
        List<String> user = Cli.words(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"), rights);
        List<String> java = Cli.java(classPath, List.of("-XX:+UseSerialGC", "-Xmx32m"), arguments);
        Machine.needs(
                Cli.run(Cli.words(user, List.of(java.getFirst(), "-version")), Cli.SHORT)
                                .exit()
                        == 0,
                "setpriv, and a JDK that everybody may read");
        return Cli.words(user, java);
    }
}
