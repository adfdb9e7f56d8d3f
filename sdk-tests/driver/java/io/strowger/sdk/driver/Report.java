package io.strowger.sdk.driver;

import com.azure.communication.callautomation.CallAutomationAsyncClient;
import com.azure.communication.callautomation.CallAutomationClient;
import com.azure.communication.callautomation.CallAutomationEventParser;
import com.azure.communication.callautomation.CallConnection;
import com.azure.communication.callautomation.CallConnectionAsync;
import com.azure.communication.callautomation.CallMedia;
import com.azure.communication.callautomation.CallMediaAsync;
import com.azure.communication.callautomation.CallRecording;
import com.azure.communication.callautomation.CallRecordingAsync;
import com.azure.communication.callautomation.models.events.CallAutomationEventBase;
import com.azure.core.exception.HttpResponseException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/// What was called, what it came to, which events the parser understood.
final class Report {
    private static final List<Class<?>> CLIENTS =
            List.of(
                    CallAutomationClient.class,
                    CallConnection.class,
                    CallMedia.class,
                    CallRecording.class,
                    CallAutomationEventParser.class,
                    CallAutomationAsyncClient.class,
                    CallConnectionAsync.class,
                    CallMediaAsync.class,
                    CallRecordingAsync.class);
    private final List<Map<String, String>> checks = new ArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final Set<String> events = new ConcurrentSkipListSet<>();
    private final Set<String> versions = new ConcurrentSkipListSet<>();

    /// A part of a story.
    interface Part {
        void tell() throws Exception;
    }

    /// Calls one method of the SDK for an operation of the API.
    ///
    /// @param operation empty when the method makes no request
    /// @return what the method returned
    <T> T does(String method, String operation, Callable<T> call) throws Exception {
        note(method, operation);
        return call.call();
    }

    void does(String method, String operation, Part call) throws Exception {
        note(method, operation);
        call.tell();
    }

    private void note(String method, String operation) {
        Map<String, String> check = new LinkedHashMap<>();
        check.put("method", method);
        check.put("operation", operation);
        check.put("state", "passed");
        checks.add(check);
    }

    /// An error path: the exception must carry the status, the code and a message.
    String isRefused(int status, String code, Part call) throws Exception {
        try {
            call.tell();
        } catch (HttpResponseException e) {
            Check.equal(status, e.getResponse().getStatusCode());
            Check.that(
                    e.getMessage().contains("\"" + code + "\""),
                    "code " + code + " in " + e.getMessage());
            Check.that(e.getMessage().contains("\"message\""), "a message in " + e.getMessage());
            return e.getMessage();
        }
        throw new AssertionError("should be refused with " + status + " " + code);
    }

    /// @param version the api-version that the event names: the one of the requests
    void parsed(String type, String version) {
        events.add(type);
        versions.add(version);
    }

    void failure(String text) {
        failures.add(text);
    }

    /// Tells one part of a story; what goes wrong is charged to the method called last.
    void story(String name, Part part) {
        long startedAt = System.nanoTime();
        try {
            part.tell();
            System.out.printf(
                    "  ok      %s (%d ms)%n", name, (System.nanoTime() - startedAt) / 1_000_000);
        } catch (Exception | AssertionError e) {
            Map<String, String> last = checks.isEmpty() ? Map.of() : checks.get(checks.size() - 1);
            if (!last.isEmpty()) {
                last.put("state", "failed");
            }
            failures.add(name + ", after " + last.get("method") + ": " + e);
            System.out.println("  NOT OK  " + name + ", after " + last.get("method"));
            e.printStackTrace(System.out);
        }
    }

    /// @return whether all is well
    boolean write(Path file, String id) throws IOException {
        List<String> methods = methods();
        Set<String> called =
                checks.stream().map(check -> check.get("method")).collect(Collectors.toSet());
        methods.stream()
                .filter(method -> !called.contains(method))
                .forEach(method -> failures.add(method + " was never called"));
        called.stream()
                .filter(method -> !methods.contains(method))
                .forEach(method -> failures.add(method + " is no method of this version"));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("sdk", id);
        result.put("apiVersion", String.join(",", versions));
        result.put("methods", methods);
        result.put("checks", checks);
        result.put("events", events);
        result.put("knownEvents", knownEvents());
        result.put("failures", failures);
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), result);
        return failures.isEmpty();
    }

    /// The types of events of that version.
    private static Set<String> knownEvents() throws IOException {
        Class<?> base = CallAutomationEventBase.class;
        Path jar =
                Path.of(
                        URI.create(
                                base.getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toString()));
        String folder = base.getPackageName().replace('.', '/') + "/";
        Set<String> names = new TreeSet<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(file.entries())) {
                String name = entry.getName();
                if (name.startsWith(folder) && name.endsWith(".class")) {
                    Class<?> type =
                            Class.forName(name.substring(0, name.length() - 6).replace('/', '.'));
                    if (base.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
                        names.add(type.getSimpleName());
                    }
                }
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("a jar without its own classes", e);
        }
        return names;
    }

    /// Every public method of the clients, with the types of its parameters.
    private static List<String> methods() {
        Set<String> names = new TreeSet<>();
        for (Class<?> client : CLIENTS) {
            for (Method method : client.getDeclaredMethods()) {
                if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic()) {
                    names.add(
                            client.getSimpleName()
                                    + "."
                                    + method.getName()
                                    + Arrays.stream(method.getParameterTypes())
                                            .map(Class::getSimpleName)
                                            .collect(Collectors.joining(",", "(", ")")));
                }
            }
        }
        return List.copyOf(names);
    }
}
