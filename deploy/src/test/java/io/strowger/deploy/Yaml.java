package io.strowger.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;

/// Files of the project as trees, anchors resolved and double keys refused.
final class Yaml {
    static final ObjectMapper JSON = new ObjectMapper();

    private Yaml() {}

    /// All documents of a file that are not empty.
    static List<JsonNode> documents(Path file) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        List<JsonNode> trees = new ArrayList<>();
        for (Object document : new org.yaml.snakeyaml.Yaml(options).loadAll(text(file))) {
            if (document != null) {
                trees.add(JSON.valueToTree(document));
            }
        }
        return trees;
    }

    static JsonNode document(Path file) {
        List<JsonNode> trees = documents(file);
        if (trees.size() != 1) {
            throw new IllegalArgumentException(file + " has " + trees.size() + " documents");
        }
        return trees.getFirst();
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The folder of the whole project.
    static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (here != null && !Files.exists(here.resolve("strowger"))) {
            here = here.getParent();
        }
        return Objects.requireNonNull(here, "no folder above has the launcher");
    }
}
