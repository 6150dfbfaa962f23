package ixy4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users see: the packages that are exported to all, and nothing else. */
class PublicApiTest {
    private static final Set<String> PACKAGES = Set.of("ixy4j", "ixy4j.packet", "ixy4j.spi");
    private static final int MOST = 32;
    private static final Path SOURCES = Path.of("src/main/java");

    @Test
    void threePackagesAreExported() throws IOException {
        Set<String> exported = new TreeSet<>();
        for (String line : Files.readAllLines(SOURCES.resolve("module-info.java"))) {
            if (line.strip().startsWith("exports ") && line.endsWith(";")) {
                exported.add(line.strip().replaceAll("exports |;", ""));
            }
        }
        assertEquals(new TreeSet<>(PACKAGES), exported);
    }

    @Test
    void theyAreSmall() throws IOException {
        List<Class<?>> types = types();
        assertTrue(types.size() <= MOST, () -> types.size() + " public types, of at most " + MOST + ": " + types);
    }

    /** As -Xlint:exports says too; but that can be suppressed, and knows no protected members of a friend. */
    @Test
    void signaturesNameNothingThatIsNotExported() throws IOException {
        Set<String> strangers = new TreeSet<>();
        for (Class<?> type : types()) {
            Stream<Class<?>> supertypes =
                    Stream.concat(Stream.ofNullable(type.getSuperclass()), Stream.of(type.getInterfaces()));
            Stream<Class<?>> methods = Stream.of(type.getDeclaredMethods())
                    .filter(method -> isVisible(method.getModifiers()))
                    .flatMap(method -> Stream.concat(Stream.of(method.getReturnType()), types(method)));
            Stream<Class<?>> constructors = Stream.of(type.getDeclaredConstructors())
                    .filter(constructor -> isVisible(constructor.getModifiers()))
                    .flatMap(PublicApiTest::types);
            Stream<Class<?>> fields = Stream.of(type.getDeclaredFields())
                    .filter(field -> isVisible(field.getModifiers()))
                    .map(Field::getType);
            Stream.of(supertypes, methods, constructors, fields)
                    .flatMap(all -> all)
                    .map(PublicApiTest::element)
                    .filter(named -> !isKnown(named))
                    .forEach(named -> strangers.add(type.getName() + " names " + named.getName()));
        }
        assertEquals(Set.of(), strangers);
    }

    @Test
    void eachPublicMemberHasASentence() throws IOException {
        List<String> bare = new ArrayList<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources()));
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Undocumented(docs, bare).scan(unit, null);
            }
        }
        assertEquals(List.of(), bare);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ixy4j", "ixy4j.packet", "ixy4j.spi"})
    void eachPackageHasADescriptionAndAnExample(String name) throws IOException {
        String info = Files.readString(folder(name).resolve("package-info.java"));
        assertTrue(info.startsWith("/**\n * "), name);
        assertTrue(info.contains("<pre>{@code\n"), name); // which a test of the commands compiles and runs
    }

    /** Public members of public types that say nothing. What overrides says what it overrides. */
    private static final class Undocumented extends TreePathScanner<Void, Void> {
        private final DocTrees docs;
        private final List<String> bare;

        Undocumented(DocTrees docs, List<String> bare) {
            this.docs = docs;
            this.bare = bare;
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            if (isPublic(type.getModifiers())) {
                check(getCurrentPath());
                super.visitClass(type, null);
            }
            return null;
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            boolean overrides = method.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
            if (isPublic(method.getModifiers()) && !overrides) {
                check(getCurrentPath());
            }
            return null;
        }

        @Override
        public Void visitVariable(VariableTree field, Void unused) {
            if (isPublic(field.getModifiers())) {
                check(getCurrentPath());
            }
            return null;
        }

        private boolean isPublic(ModifiersTree modifiers) {
            Set<javax.lang.model.element.Modifier> flags = modifiers.getFlags();
            return flags.contains(javax.lang.model.element.Modifier.PUBLIC)
                    || flags.contains(javax.lang.model.element.Modifier.PROTECTED)
                    || (getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.INTERFACE
                            && !flags.contains(javax.lang.model.element.Modifier.PRIVATE));
        }

        private void check(TreePath path) {
            if (docs.getDocComment(path) == null) {
                String line =
                        path.getLeaf().toString().strip().lines().findFirst().orElse("");
                bare.add(path.getCompilationUnit().getSourceFile().getName() + ": " + line);
            }
        }
    }

    private static Stream<Class<?>> types(Executable executable) {
        return Stream.concat(Stream.of(executable.getParameterTypes()), Stream.of(executable.getExceptionTypes()));
    }

    private static Class<?> element(Class<?> type) {
        return type.isArray() ? element(type.componentType()) : type;
    }

    private static boolean isKnown(Class<?> type) {
        return type.isPrimitive()
                || type.getName().startsWith("java.")
                || (isVisible(type.getModifiers()) && PACKAGES.contains(type.getPackageName()));
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    /** Public types, and those in them. */
    private static List<Class<?>> types() throws IOException {
        List<Class<?>> types = new ArrayList<>();
        for (Path source : sources()) {
            String name =
                    SOURCES.relativize(source).toString().replace(".java", "").replace('/', '.');
            if (!name.endsWith("-info")) {
                add(types, load(name));
            }
        }
        return types;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PublicApiTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(List<Class<?>> types, Class<?> type) {
        if (isVisible(type.getModifiers())) {
            types.add(type);
            for (Class<?> inner : type.getDeclaredClasses()) {
                add(types, inner);
            }
        }
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String name : PACKAGES) {
            try (Stream<Path> files = Files.list(folder(name))) {
                files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
            }
        }
        return sources;
    }

    private static Path folder(String name) {
        return SOURCES.resolve(name.replace('.', '/'));
    }
}
