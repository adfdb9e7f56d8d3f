package io.strowger.worker.core.registration;

import io.strowger.contracts.sip.Registration;
import io.strowger.worker.core.auth.SipUser;
import io.strowger.worker.core.sip.HeaderLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Judges a REGISTER of a user who has proved who they are (RFC 3261 10.3, from step 6 on). Pure;
/// holds nothing.
public final class Registrar {
    /// Shorter is refused with 423: a phone is no heartbeat.
    public static final long LEAST_SECONDS = 60;

    /// Longer is cut: a phone that is gone is not rung for longer.
    public static final long MOST_SECONDS = 3_600;

    /// Of one user. A further one takes the place of the one that would expire first, so that a
    /// phone whose address changes at each start can always register.
    public static final int MOST_CONTACTS = 10;

    private static final int LONGEST_CALL_ID = 255;

    private Registrar() {}

    /// What is to be done about a REGISTER.
    public sealed interface Outcome {
        /// Nothing changes.
        record Refused(int status, String reason, List<HeaderLine> headers) implements Outcome {}

        /// These records are to be written; then the answer lists all contacts. Empty: it only
        /// asked.
        record Changed(List<Change> changes) implements Outcome {
            public Changed {
                changes = List.copyOf(changes);
            }
        }
    }

    /// One record of `sip.registrations`.
    ///
    /// @param registration null: the contact is gone
    public record Change(String key, @Nullable Registration registration) {}

    /// @param current the user's present contacts by key
    /// @param process the word of this process, see [Registration]
    public static Outcome decide(
            SipUser user,
            RegisterRequest request,
            Map<String, Registration> current,
            Instant now,
            String process) {
        if (request.sipCallId().length() > LONGEST_CALL_ID) {
            return refused(400, "Call-ID Too Long");
        }
        if (request.contacts().contains(ContactValue.ALL)) {
            return removeAll(request, current);
        }
        List<ContactValue> contacts = new ArrayList<>();
        for (String value : request.contacts()) {
            Optional<ContactValue> contact = ContactValue.parse(value);
            if (contact.isEmpty()) {
                return refused(400, "Bad Contact");
            }
            contacts.add(contact.get());
        }
        if (contacts.size() > MOST_CONTACTS) {
            return refused(403, "Too Many Contacts");
        }
        return update(new Update(user, request, now, process), contacts, current);
    }

    /// What all contacts of one request share.
    private record Update(SipUser user, RegisterRequest request, Instant now, String process) {
        Registration registration(ContactValue contact, long seconds) {
            return new Registration(
                    user.id(),
                    contact.text(),
                    request.source(),
                    request.transport(),
                    process,
                    request.sipCallId(),
                    request.cseq(),
                    contact.priority(),
                    now,
                    now.plusSeconds(seconds));
        }

        String key(ContactValue contact) {
            return Registrations.key(user.id(), contact.binding());
        }
    }

    private static Outcome removeAll(RegisterRequest request, Map<String, Registration> current) {
        OptionalLong expires = ContactValue.seconds(request.expires());
        if (request.contacts().size() != 1 || expires.isEmpty() || expires.getAsLong() != 0) {
            return refused(400, "* Means All, With Expires 0");
        }
        if (current.values().stream().anyMatch(known -> isOutOfOrder(request, known))) {
            return outOfOrder();
        }
        return new Outcome.Changed(
                current.keySet().stream().map(key -> new Change(key, null)).toList());
    }

    private static Outcome update(
            Update update, List<ContactValue> contacts, Map<String, Registration> current) {
        Map<String, Registration> after = new TreeMap<>(current);
        Map<String, Change> changes = new TreeMap<>();
        for (ContactValue contact : contacts) {
            String key = update.key(contact);
            long seconds = Math.min(MOST_SECONDS, seconds(contact, update.request()));
            if (seconds > 0 && seconds < LEAST_SECONDS) {
                return new Outcome.Refused(
                        423,
                        "Interval Too Brief",
                        List.of(new HeaderLine("Min-Expires", Long.toString(LEAST_SECONDS))));
            }
            Registration known = current.get(key);
            if (known != null && isOutOfOrder(update.request(), known)) {
                return outOfOrder();
            }
            if (seconds > 0) {
                Registration registration = update.registration(contact, seconds);
                after.put(key, registration);
                changes.put(key, new Change(key, registration));
            } else if (after.remove(key) != null) {
                changes.put(key, new Change(key, null));
            }
        }
        makeRoom(after, changes);
        return new Outcome.Changed(List.copyOf(changes.values()));
    }

    private static void makeRoom(Map<String, Registration> after, Map<String, Change> changes) {
        int tooMany = after.size() - MOST_CONTACTS;
        if (tooMany <= 0) {
            return;
        }
        after.entrySet().stream()
                .filter(entry -> !changes.containsKey(entry.getKey()))
                .sorted(Comparator.comparing(entry -> entry.getValue().expiresAt()))
                .limit(tooMany)
                .forEach(entry -> changes.put(entry.getKey(), new Change(entry.getKey(), null)));
    }

    /// The contact's own, else the request's, else the longest; what is no number counts as not
    /// given (RFC 3261 10.3 step 7).
    private static long seconds(ContactValue contact, RegisterRequest request) {
        return contact.expires()
                .orElseGet(() -> ContactValue.seconds(request.expires()).orElse(MOST_SECONDS));
    }

    /// An older REGISTER of the same phone that was overtaken.
    private static boolean isOutOfOrder(RegisterRequest request, Registration known) {
        return known.sipCallId().equals(request.sipCallId()) && request.cseq() <= known.cseq();
    }

    private static Outcome outOfOrder() {
        return refused(500, "CSeq Out Of Order");
    }

    private static Outcome refused(int status, String reason) {
        return new Outcome.Refused(status, reason, List.of());
    }

    /// The contacts as the 200 lists them (10.3 step 8).
    public static List<HeaderLine> listed(Collection<Registration> contacts, Instant now) {
        return contacts.stream()
                .map(contact ->
                        new HeaderLine(
                                "Contact",
                                "<"
                                        + contact.contact()
                                        + ">;expires="
                                        + Math.max(1, left(contact, now))
                                        + q(contact.priority())))
                .toList();
    }

    private static long left(Registration contact, Instant now) {
        return Duration.between(now, contact.expiresAt()).plusMillis(999).toSeconds();
    }

    private static String q(int priority) {
        return priority == 1000
                ? ""
                : String.format(Locale.ROOT, ";q=%d.%03d", priority / 1000, priority % 1000);
    }
}
