package io.strowger.runtime.settings;

import java.net.URI;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where applications may have their recordings put: into the buckets of `recordings.containers`,
/// and below them. Pure; for the gateway, which refuses the rest, and the recording-service, which
/// has the credentials.
///
/// A URL is compared by scheme, host, port and whole path segments. Anything that two readers could
/// read in two ways is refused: user names, queries, fragments, percent signs, backslashes, `.` and
/// `..`.
public final class ContainerUrls {
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._~!$'()+,=@-]{1,255}");
    private static final int MOST_CHARACTERS = 1024;

    private ContainerUrls() {}

    /// A bucket, and a place in it.
    ///
    /// @param endpoint `scheme://host[:port]`
    /// @param prefix of the names of objects, ends in `/`; empty: none
    public record Place(URI endpoint, String bucket, String prefix) {}

    /// Whether recordings may be put there.
    public static boolean allows(List<Settings.Container> containers, URI url) {
        return containerOf(containers, url).isPresent();
    }

    /// The container that is `url` or the closest one above it.
    public static Optional<Settings.Container> containerOf(
            List<Settings.Container> containers, URI url) {
        Parts wanted = Parts.of(url);
        if (wanted == null) {
            return Optional.empty();
        }
        return containers.stream()
                .filter(container -> {
                    Parts allowed = Parts.of(container.url());
                    return allowed != null && wanted.isIn(allowed);
                })
                .max(Comparator.comparingInt(container -> segments(container.url()).length));
    }

    /// What an URL of a container means; empty: it is not `scheme://host[:port]/bucket[/prefix]`.
    public static Optional<Place> place(URI url) {
        Parts parts = Parts.of(url);
        return parts == null ? Optional.empty() : Optional.of(parts.place());
    }

    private static String[] segments(URI url) {
        String path = url.getRawPath();
        String inner = path.substring(1, path.endsWith("/") ? path.length() - 1 : path.length());
        return inner.split("/", -1);
    }

    private record Parts(String scheme, String host, int port, List<String> segments) {
        static @Nullable Parts of(URI url) {
            if (!isPlain(url)) {
                return null;
            }
            String scheme = url.getScheme().toLowerCase(Locale.ROOT);
            boolean secure = scheme.equals("https");
            if (!secure && !scheme.equals("http")) {
                return null;
            }
            List<String> segments = Arrays.asList(ContainerUrls.segments(url));
            if (!segments.stream().allMatch(Parts::isPlain)) {
                return null;
            }
            int port = url.getPort() < 0 ? secure ? 443 : 80 : url.getPort();
            return new Parts(scheme, url.getHost().toLowerCase(Locale.ROOT), port, segments);
        }

        private static boolean isPlain(URI url) {
            return url.isAbsolute()
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && url.getRawPath() != null
                    && url.getRawPath().length() > 1
                    && url.toString().length() <= MOST_CHARACTERS;
        }

        private static boolean isPlain(String segment) {
            return SEGMENT.matcher(segment).matches()
                    && !segment.equals(".")
                    && !segment.equals("..");
        }

        boolean isIn(Parts container) {
            return scheme.equals(container.scheme)
                    && host.equals(container.host)
                    && port == container.port
                    && segments.size() >= container.segments.size()
                    && segments.subList(0, container.segments.size()).equals(container.segments);
        }

        Place place() {
            List<String> below = segments.subList(1, segments.size());
            return new Place(
                    URI.create(scheme + "://" + host + ":" + port),
                    segments.getFirst(),
                    below.isEmpty() ? "" : String.join("/", below) + "/");
        }
    }
}
