package io.strowger.orchestrator.core.directory;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.Identifier.CommunicationUser;
import io.strowger.contracts.api.Identifier.PhoneNumber;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The installation's numbers and users. A number belongs to an application, which is asked about
/// each call to it, or to a user, whose phones ring.
///
/// @param applications incoming-call URL by number
/// @param numbersOfUsers user by number
/// @param users all there are
/// @param phonesTransferToNumbers whether a phone may transfer to any number that a trunk leads to
/// @param eventReceivers who is told of what concerns the whole installation, each once
/// @param dialPlan which numbers may be rung
public record Directory(
        Map<String, URI> applications,
        Map<String, CommunicationUser> numbersOfUsers,
        Set<CommunicationUser> users,
        boolean phonesTransferToNumbers,
        List<URI> eventReceivers,
        DialPlan dialPlan) {
    /// One from which every number may be rung.
    public Directory(
            Map<String, URI> applications,
            Map<String, CommunicationUser> numbersOfUsers,
            Set<CommunicationUser> users,
            boolean phonesTransferToNumbers,
            List<URI> eventReceivers) {
        this(
                applications,
                numbersOfUsers,
                users,
                phonesTransferToNumbers,
                eventReceivers,
                DialPlan.open());
    }

    public Directory {
        applications = Map.copyOf(applications);
        numbersOfUsers = Map.copyOf(numbersOfUsers);
        users = Set.copyOf(users);
        eventReceivers = List.copyOf(eventReceivers);
    }

    /// An installation without numbers and users.
    public static Directory empty() {
        return new Directory(Map.of(), Map.of(), Set.of(), false, List.of());
    }

    /// Whether a call to `target` may be tried. Numbers of our own applications and users are.
    public boolean mayRing(Identifier target) {
        return !(target instanceof PhoneNumber(var number))
                || applications.containsKey(number)
                || numbersOfUsers.containsKey(number)
                || dialPlan.permits(number);
    }

    /// The application to be asked about a call to `called`; empty: none.
    public Optional<URI> application(Identifier called) {
        return called instanceof PhoneNumber(var number)
                ? Optional.ofNullable(applications.get(number))
                : Optional.empty();
    }

    /// The user whose phones ring for a call to `called`; empty: none.
    public Optional<CommunicationUser> user(Identifier called) {
        return switch (called) {
            case PhoneNumber(var number) -> Optional.ofNullable(numbersOfUsers.get(number));
            case CommunicationUser user ->
                    users.contains(user) ? Optional.of(user) : Optional.empty();
            case Identifier.Other _ -> Optional.empty();
        };
    }
}
