package io.strowger.gateway.core.api;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A JSON object that is read field by field: a map as a JSON reader makes it (maps, lists, text,
/// numbers, booleans). Null and absent are the same, unknown fields are passed over, and whatever
/// has the wrong type or range is refused with the field's full name.
public final class Fields {
    private static final Set<String> WEB = Set.of("http", "https");
    private final Map<?, ?> members;
    private final String path;

    private Fields(Map<?, ?> members, String path) {
        this.members = members;
        this.path = path;
    }

    /// The body of a request.
    ///
    /// @param json null: there was none
    public static Fields ofBody(@Nullable Object json) throws Refusal {
        if (json instanceof Map<?, ?> members) {
            return new Fields(members, "");
        }
        throw Refusal.invalid(
                json == null
                        ? "The request needs a JSON object as its body."
                        : "The request body must be a JSON object.");
    }

    public boolean has(String name) {
        return members.get(name) != null;
    }

    public @Nullable String text(String name) throws Refusal {
        Object value = members.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text)) {
            throw invalid(name, "must be a string");
        }
        if (hasLoneSurrogate(text)) {
            throw invalid(name, "must be well-formed Unicode");
        }
        return text;
    }

    public String requiredText(String name) throws Refusal {
        String text = text(name);
        if (text == null || text.isBlank()) {
            throw invalid(name, text == null ? "is required" : "must not be blank");
        }
        return text;
    }

    public boolean flag(String name, boolean whenAbsent) throws Refusal {
        Object value = members.get(name);
        if (value == null) {
            return whenAbsent;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw invalid(name, "must be true or false");
    }

    /// A whole number of `min`..`max`; `5.0` is one too.
    public @Nullable Integer integer(String name, int min, int max) throws Refusal {
        Object value = members.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof Number number)) {
            throw invalid(name, "must be a whole number");
        }
        double size = number.doubleValue();
        if (size != Math.rint(size)) {
            throw invalid(name, "must be a whole number");
        }
        if (size < min || size > max) {
            throw invalid(
                    name,
                    max == Integer.MAX_VALUE
                            ? "must be at least " + min
                            : "must be " + min + ".." + max);
        }
        return number.intValue();
    }

    public @Nullable Fields object(String name) throws Refusal {
        Object value = members.get(name);
        return value == null ? null : object(value, name);
    }

    public Fields requiredObject(String name) throws Refusal {
        Fields object = object(name);
        if (object == null) {
            throw invalid(name, "is required");
        }
        return object;
    }

    /// The objects of an array; none when it is absent.
    public List<Fields> objects(String name) throws Refusal {
        List<Fields> objects = new ArrayList<>();
        int index = 0;
        for (Object element : array(name)) {
            objects.add(object(element, name + "[" + index++ + "]"));
        }
        return objects;
    }

    /// The objects of an array that must have `1..max` of them.
    public List<Fields> requiredObjects(String name, int max) throws Refusal {
        if (!has(name)) {
            throw invalid(name, "is required");
        }
        List<Fields> objects = objects(name);
        if (objects.isEmpty() || objects.size() > max) {
            throw invalid(name, "must have 1.." + max + " elements");
        }
        return objects;
    }

    /// The texts of an array; none when it is absent.
    public List<String> texts(String name) throws Refusal {
        List<String> texts = new ArrayList<>();
        for (Object element : array(name)) {
            if (!(element instanceof String text)) {
                throw invalid(name, "must be an array of strings");
            }
            if (hasLoneSurrogate(text)) {
                throw invalid(name, "must be well-formed Unicode");
            }
            texts.add(text);
        }
        return texts;
    }

    /// An object whose values are texts, e.g. headers; none when it is absent.
    public Map<String, String> textMap(String name) throws Refusal {
        Fields object = object(name);
        Map<String, String> texts = new LinkedHashMap<>();
        if (object != null) {
            for (Object key : object.members.keySet()) {
                String field = String.valueOf(key);
                String value = object.text(field);
                if (value != null) {
                    texts.put(field, value);
                }
            }
        }
        return texts;
    }

    /// An absolute http or https URL.
    public @Nullable URI webUri(String name) throws Refusal {
        return uri(name, WEB);
    }

    public URI requiredWebUri(String name) throws Refusal {
        requiredText(name);
        URI uri = webUri(name);
        if (uri == null) {
            throw invalid(name, "is required");
        }
        return uri;
    }

    /// An absolute URL of one of `schemes`; `file` needs a path, all others a host.
    public @Nullable URI uri(String name, Set<String> schemes) throws Refusal {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean whole = scheme.equals("file") ? uri.getPath() != null : uri.getHost() != null;
            if (whole && schemes.contains(scheme)) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw invalid(name, "is no URL: " + e.getReason());
        }
        throw invalid(
                name,
                "must be an absolute URL ("
                        + String.join(", ", schemes.stream().sorted().toList())
                        + ")");
    }

    /// What to throw when a field is wrong.
    public Refusal invalid(String name, String why) {
        return Refusal.invalid("Invalid " + path + name + ": it " + why + ".");
    }

    /// The name of this object's field as a message should have it.
    public String nameOf(String field) {
        return path + field;
    }

    private Fields object(@Nullable Object value, String name) throws Refusal {
        if (value instanceof Map<?, ?> object) {
            return new Fields(object, path + name + ".");
        }
        throw invalid(name, "must be an object");
    }

    private List<?> array(String name) throws Refusal {
        Object value = members.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> array) {
            return array;
        }
        throw invalid(name, "must be an array");
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isHighSurrogate(unit)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(unit)) {
                return true;
            }
        }
        return false;
    }
}
