package ixy4j.learn;

import ixy4j.course.Driver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The sources that a driver is compiled from: the learner's, and, where parts of the reference take the place of theirs, the
 * reference and a class on top of each of the two, which hands over to the other one what is the other's.
 */
final class Sources {
    /** What a learner's class is called. */
    static final String LEARNERS = "MyDriver";

    /** What its file is called. */
    static final String FILE = LEARNERS + ".java";

    private static final String REFERENCE = "Reference";

    private Sources() {}

    /** Whether a class comes from the learner's file. */
    static boolean isLearners(String className) {
        return className.equals(LEARNERS) || className.startsWith(LEARNERS + '$');
    }

    /** The whole reference, as a learner's file. */
    static String reference() {
        return resource("reference/MyDriver.java");
    }

    /** A learner's file at the beginning. */
    static String skeleton() {
        return resource("skeleton/MyDriver.java");
    }

    /** A text that is in our jar. */
    static String resource(String name) {
        try (InputStream in = Sources.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that is to be compiled, by the names of classes. */
    static Map<String, String> of(String learners, Set<Part> used) {
        Map<String, String> sources = new LinkedHashMap<>();
        sources.put(LEARNERS, learners);
        if (!used.isEmpty()) {
            sources.put(REFERENCE, reference().replaceAll("\\b" + LEARNERS + "\\b", REFERENCE));
            Set<Part> own = EnumSet.complementOf(EnumSet.copyOf(used));
            sources.put(top(LEARNERS), top(LEARNERS, used));
            sources.put(top(REFERENCE), top(REFERENCE, own));
        }
        return sources;
    }

    private static String top(String name) {
        return "With" + name;
    }

    /** A class whose methods of some parts are those of another driver. */
    private static String top(String name, Set<Part> others) {
        return "final class " + top(name) + " extends " + name + " {\n    ixy4j.course.Driver other;\n"
                + methods().stream()
                        .filter(method -> others.contains(Part.of(method)))
                        .map(Sources::override)
                        .collect(Collectors.joining())
                + "}\n";
    }

    private static String override(Method method) {
        String parameters = Arrays.stream(method.getParameters())
                .map(parameter -> parameter.getParameterizedType().getTypeName() + ' ' + parameter.getName())
                .collect(Collectors.joining(", "));
        String arguments =
                Arrays.stream(method.getParameters()).map(Parameter::getName).collect(Collectors.joining(", "));
        return "    public " + method.getGenericReturnType().getTypeName() + ' ' + method.getName() + '(' + parameters
                + ") {\n        " + (method.getReturnType() == void.class ? "" : "return ") + "other."
                + method.getName() + '(' + arguments + ");\n    }\n";
    }

    /** What a driver is made of. */
    static List<Method> methods() {
        return Arrays.stream(Driver.class.getDeclaredMethods())
                .filter(method -> !Modifier.isFinal(method.getModifiers()))
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .sorted(Comparator.comparing(Method::toString))
                .toList();
    }

    /** A new driver of what was compiled; with the reference's where that has a part in it. */
    static List<Driver> instances(ClassLoader loader) throws ReflectiveOperationException {
        List<Driver> drivers = new ArrayList<>();
        boolean composed = has(loader, top(LEARNERS));
        drivers.add(instance(loader, composed ? top(LEARNERS) : LEARNERS));
        if (composed) {
            drivers.add(instance(loader, top(REFERENCE)));
            setOther(drivers.get(0), drivers.get(1));
            setOther(drivers.get(1), drivers.get(0));
        }
        return drivers;
    }

    private static boolean has(ClassLoader loader, String name) {
        try {
            loader.loadClass(name);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static Driver instance(ClassLoader loader, String name) throws ReflectiveOperationException {
        var constructor = loader.loadClass(name).getDeclaredConstructor();
        constructor.setAccessible(true);
        return (Driver) constructor.newInstance();
    }

    private static void setOther(Driver driver, Driver other) throws ReflectiveOperationException {
        var field = driver.getClass().getDeclaredField("other");
        field.setAccessible(true);
        field.set(driver, other);
    }
}
