package io.strowger.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.zjsonpatch.JsonPatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What `kubectl kustomize` makes of a folder, as far as ours go: resources, and JSON patches with
/// a target. Anything else in a kustomization is refused, so that it is not passed over silently.
final class Overlay {
    private static final Set<String> KNOWN = Set.of("apiVersion", "kind", "resources", "patches");
    private static final Map<String, Overlay> BUILT = new ConcurrentHashMap<>();
    private final List<JsonNode> resources;

    private Overlay(List<JsonNode> resources) {
        this.resources = resources;
    }

    /// @param name of a folder in `deploy/kubernetes/overlays`
    static Overlay named(String name) {
        return BUILT.computeIfAbsent(
                name,
                folder ->
                        new Overlay(
                                build(
                                        Yaml.root()
                                                .resolve("deploy/kubernetes/overlays")
                                                .resolve(folder))));
    }

    /// Not to be changed: the next test gets the same.
    List<JsonNode> all() {
        return resources;
    }

    Stream<JsonNode> ofKind(String kind) {
        return resources.stream().filter(resource -> kind.equals(resource.path("kind").asText()));
    }

    /// @throws java.util.NoSuchElementException when there is none
    JsonNode one(String kind, String name) {
        return ofKind(kind)
                .filter(resource -> resource.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> build(Path folder) {
        JsonNode kustomization = Yaml.document(folder.resolve("kustomization.yaml"));
        kustomization
                .fieldNames()
                .forEachRemaining(field -> {
                    if (!KNOWN.contains(field)) {
                        throw new IllegalArgumentException(folder + " uses " + field);
                    }
                });
        List<JsonNode> built = new ArrayList<>();
        for (JsonNode entry : kustomization.path("resources")) {
            Path path = folder.resolve(entry.asText()).normalize();
            built.addAll(Files.isDirectory(path) ? build(path) : Yaml.documents(path));
        }
        for (JsonNode patch : kustomization.path("patches")) {
            apply(
                    built,
                    target(patch.path("target")),
                    Yaml.document(folder.resolve(patch.path("path").asText())));
        }
        return built;
    }

    private static Predicate<JsonNode> target(JsonNode target) {
        String kind = target.path("kind").asText();
        String name = target.path("name").asText("");
        return resource ->
                resource.path("kind").asText().equals(kind)
                        && (name.isEmpty() || resource.at("/metadata/name").asText().equals(name));
    }

    private static void apply(
            List<JsonNode> resources, Predicate<JsonNode> target, JsonNode operations) {
        int hits = 0;
        for (int i = 0; i < resources.size(); i++) {
            if (target.test(resources.get(i))) {
                resources.set(i, JsonPatch.apply(operations, resources.get(i)));
                hits++;
            }
        }
        if (hits == 0) {
            throw new IllegalArgumentException("a patch meets no resource: " + operations);
        }
    }
}
