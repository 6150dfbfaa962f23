package ixy4j.learn;

import ixy4j.course.Driver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles drivers in memory, against the course and the JDK's module java.base alone unless all of it is wanted. */
final class Compiler {
    /** What the compiler has to say of a learner's file. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient List<String> errors;

        Refused(List<String> errors) {
            super(String.join("\n", errors));
            this.errors = List.copyOf(errors);
        }

        /** A line each, as in {@code MyDriver.java:12: ';' expected}. */
        List<String> errors() {
            return errors;
        }
    }

    private Compiler() {}

    /** A loader of what these sources, by the names of classes, are compiled to. */
    static ClassLoader compile(Map<String, String> sources, boolean all) throws Refused {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("this Java has no compiler: a JDK is needed");
        }
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<String> options = new ArrayList<>(List.of("-proc:none", "-g", "-classpath", course().toString()));
        if (!all) {
            options.addAll(List.of("--limit-modules", "java.base"));
        }
        List<Source> files = new ArrayList<>();
        sources.forEach((name, text) -> files.add(new Source(name, text)));
        Map<String, ByteArrayOutputStream> classes = new HashMap<>();
        try (JavaFileManager manager =
                new InMemory(compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8), classes)) {
            if (!compiler.getTask(null, manager, found, options, null, files).call()) {
                throw new Refused(found.getDiagnostics().stream()
                        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                        .map(Compiler::line)
                        .toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Loader(classes, all);
    }

    private static String line(Diagnostic<? extends JavaFileObject> diagnostic) {
        String where =
                diagnostic.getSource() == null ? "" : diagnostic.getSource().getName() + ':';
        String what = diagnostic.getMessage(Locale.ROOT).strip().replaceAll("\\s*\n\\s*", "; ");
        return where + (diagnostic.getLineNumber() < 0 ? " " : diagnostic.getLineNumber() + ": ") + what;
    }

    /** Where the classes of the course are: a jar, or a folder in a build. */
    private static Path course() {
        try {
            return Path.of(Driver.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String name;
        private final String text;

        Source(String name, String text) {
            super(URI.create("memory:///" + name + Kind.SOURCE.extension), Kind.SOURCE);
            this.name = name;
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }

        @Override
        public String getName() {
            return name + Kind.SOURCE.extension;
        }
    }

    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> classes;

        InMemory(JavaFileManager manager, Map<String, ByteArrayOutputStream> classes) {
            super(manager);
            this.classes = classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            classes.put(name, bytes);
            return new SimpleJavaFileObject(URI.create("memory:///" + name.replace('.', '/') + kind.extension), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return bytes;
                }
            };
        }
    }

    /** Shows a driver the course and java.base, or all modules of the JDK. */
    private static final class Loader extends ClassLoader {
        private final Map<String, ByteArrayOutputStream> classes;
        private final boolean all;

        Loader(Map<String, ByteArrayOutputStream> classes, boolean all) {
            super("driver", getPlatformClassLoader());
            this.classes = classes;
            this.all = all;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith(Driver.class.getPackageName() + '.')) {
                return Driver.class.getClassLoader().loadClass(name);
            }
            Class<?> loaded = super.loadClass(name, resolve);
            boolean isOpen = all || loaded.getClassLoader() == this || loaded.getModule() == Object.class.getModule();
            if (!isOpen) {
                throw new ClassNotFoundException(name + " is neither of the course nor of java.base");
            }
            return loaded;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            ByteArrayOutputStream bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes.toByteArray(), 0, bytes.size());
        }
    }
}
