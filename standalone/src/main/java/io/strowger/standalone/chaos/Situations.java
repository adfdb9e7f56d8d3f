package io.strowger.standalone.chaos;

import io.strowger.phone.PhoneCall;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// Brings calls into their states. Each state has phones of its own, so that all can be tried at
/// the same time.
final class Situations {
    private static final Duration SOON = Duration.ofSeconds(25);
    private static final int HEARD_MS = 300;
    private static final int PROMPT_HZ = 350;
    private static final Set<String> ENDS =
            Set.of(
                    "CallDisconnected",
                    "CreateCallFailed",
                    "RecognizeFailed",
                    "PlayFailed",
                    "CallTransferFailed",
                    "StartRecordingFailed");
    private final Application application;
    private final Caller caller;
    private final Extras.Extra rings;
    private final List<Extras.Extra> two;
    private final Extras.Extra listens;
    private final Extras.Extra presses;
    private final List<Extras.Extra> recorded;
    private final List<Extras.Extra> held;
    private final List<Extras.Extra> three;
    private final Extras.Extra transferee;
    private final Extras.Extra target;

    Situations(Application application, Caller caller, Extras extras) throws IOException {
        this.application = application;
        this.caller = caller;
        this.rings = extras.add(false);
        this.two = List.of(extras.add(true), extras.add(true));
        this.listens = extras.add(true);
        this.presses = extras.add(true);
        this.recorded = List.of(extras.add(true), extras.add(true));
        this.held = List.of(extras.add(true), extras.add(true));
        this.three = List.of(extras.add(true), extras.add(true), extras.add(true));
        this.transferee = extras.add(true);
        this.target = extras.add(false);
    }

    /// Places a call and returns when it is in that state.
    ///
    /// @param path where its events are to come, not used before
    /// @throws IOException when it does not get there
    Situation open(CallState state, String path) throws IOException, InterruptedException {
        return switch (state) {
            case RINGING -> ringing(path);
            case CONNECTED -> talking(state, path, two);
            case PLAYING -> playing(path);
            case RECOGNISING -> recognising(path);
            case RECORDING -> recording(path);
            case HELD -> held(path);
            case GROUP -> talking(state, path, three);
            case TRANSFERRING -> transferring(path);
        };
    }

    private Situation situation(
            CallState state,
            String path,
            String connection,
            List<Extras.Extra> ears,
            Situation.Proof proof) {
        return new Situation(
                state, path, connection, ears, proof, event -> ENDS.contains(event.type()));
    }

    private String place(String path, List<Extras.Extra> who)
            throws IOException, InterruptedException {
        String targets = who.stream().map(Extras.Extra::target).collect(Collectors.joining(","));
        return caller.ask(
                        "POST",
                        "/calling/callConnections",
                        """
                        {"targets":[%s],"callbackUri":"%s",
                         "sourceCallerIdNumber":{"value":"+15550100000"}}\
                        """
                                .formatted(targets, application.uri(path)))
                .path("callConnectionId")
                .asText();
    }

    private String connect(String path, List<Extras.Extra> who)
            throws IOException, InterruptedException {
        String connection = place(path, who);
        must(
                "all are in the call",
                () ->
                        application.has(
                                path,
                                event ->
                                        event.type().equals("ParticipantsUpdated")
                                                && event.data().path("participants").size()
                                                        == who.size()));
        return connection;
    }

    private void act(String connection, String action, String body)
            throws IOException, InterruptedException {
        var _ = caller.ask("POST", "/calling/callConnections/" + connection + action, body);
    }

    private Situation ringing(String path) throws IOException, InterruptedException {
        PhoneCall before = rings.last();
        String connection = place(path, List.of(rings));
        must("it rings", () -> rings.last() != before && rings.last() != null);
        return situation(
                CallState.RINGING,
                path,
                connection,
                List.of(),
                () -> {
                    rings.call().answer();
                    return comes(path, () -> application.has(path, "CallConnected"));
                });
    }

    private Situation talking(CallState state, String path, List<Extras.Extra> who)
            throws IOException, InterruptedException {
        String connection = connect(path, who);
        must("all hear each other", hearing(who));
        return situation(state, path, connection, who, () -> comes(path, hearing(who)));
    }

    private Situation playing(String path) throws IOException, InterruptedException {
        String connection = connect(path, List.of(listens));
        act(connection, ":play", prompt(700, true));
        must("the prompt is heard", hearing(listens, PROMPT_HZ));
        return situation(
                CallState.PLAYING,
                path,
                connection,
                List.of(listens),
                () -> {
                    if (!comes(path, hearing(listens, PROMPT_HZ))) {
                        return false;
                    }
                    act(connection, ":cancelAllMediaOperations", "");
                    return comes(path, () -> application.has(path, "PlayCanceled"));
                });
    }

    private String prompt(int durationMs, boolean loop) {
        return """
        {"playSources":[{"kind":"file","file":{"uri":"%s"}}],"playOptions":{"loop":%s}}\
        """
                .formatted(application.toneUri(PROMPT_HZ, durationMs), loop);
    }

    private Situation recognising(String path) throws IOException, InterruptedException {
        String connection = connect(path, List.of(presses));
        act(
                connection,
                ":recognize",
                """
                {"recognizeInputType":"dtmf","playPrompt":{"kind":"file","file":{"uri":"%s"}},
                 "recognizeOptions":{"targetParticipant":%s,"interruptPrompt":true,
                 "initialSilenceTimeoutInSeconds":60,
                 "dtmfOptions":{"maxTonesToCollect":3,"interToneTimeoutInSeconds":60}}}\
                """
                        .formatted(application.toneUri(PROMPT_HZ, 400), presses.target()));
        must("the prompt is heard", hearing(presses, PROMPT_HZ));
        presses.call().press("1");
        return situation(
                CallState.RECOGNISING,
                path,
                connection,
                List.of(presses),
                () -> {
                    presses.call().press("23");
                    return comes(
                            path,
                            () ->
                                    application.has(
                                            path,
                                            event ->
                                                    event.type().equals("RecognizeCompleted")
                                                            && event.data()
                                                                            .path("dtmfResult")
                                                                            .path("tones")
                                                                            .size()
                                                                    == 3));
                });
    }

    private Situation recording(String path) throws IOException, InterruptedException {
        String connection = connect(path, recorded);
        String recording =
                caller.ask(
                                "POST",
                                "/calling/recordings",
                                """
                                {"callConnectionId":"%s","recordingStateCallbackUri":"%s"}\
                                """
                                        .formatted(connection, application.uri(path + "-state")))
                        .path("recordingId")
                        .asText();
        must("all hear each other", hearing(recorded));
        return situation(
                CallState.RECORDING,
                path,
                connection,
                recorded,
                () -> {
                    if (!comes(path, hearing(recorded))) {
                        return false;
                    }
                    var _ = caller.ask("DELETE", "/calling/recordings/" + recording, "");
                    return comes(
                            path,
                            () ->
                                    application.has(
                                            Theatre.INCOMING,
                                            event ->
                                                    event.type()
                                                                    .equals(
                                                                            "RecordingFileStatusUpdated")
                                                            && event.data()
                                                                    .toString()
                                                                    .contains(recording)));
                });
    }

    private Situation held(String path) throws IOException, InterruptedException {
        String connection = connect(path, held);
        must("both hear each other", hearing(held));
        String one = "{\"targetParticipant\":" + held.getFirst().target();
        act(
                connection,
                ":hold",
                one
                        + ",\"playSourceInfo\":{\"kind\":\"file\",\"file\":{\"uri\":\""
                        + application.toneUri(PROMPT_HZ, 700)
                        + "\"}}}");
        must("the music is heard", hearing(held.getFirst(), PROMPT_HZ));
        return situation(
                CallState.HELD,
                path,
                connection,
                held,
                () -> {
                    if (!comes(path, hearing(held.getFirst(), PROMPT_HZ))) {
                        return false;
                    }
                    act(connection, ":unhold", one + "}");
                    return comes(path, hearing(held));
                });
    }

    private Situation transferring(String path) throws IOException, InterruptedException {
        PhoneCall before = target.last();
        String connection = connect(path, List.of(transferee));
        act(
                connection,
                ":transferToParticipant",
                """
                {"targetParticipant":%s,"sourceCallerIdNumber":{"value":"+15550100000"}}\
                """
                        .formatted(target.target()));
        must("the target's phone rings", () -> target.last() != before && target.last() != null);
        return situation(
                CallState.TRANSFERRING,
                path,
                connection,
                List.of(transferee),
                () -> {
                    target.call().answer();
                    // The application is out of the call by then, so its end says nothing.
                    boolean together =
                            comes(path, () -> application.has(path, "CallTransferAccepted"))
                                    && within(hearing(List.of(transferee, target)), () -> false);
                    transferee.call().hangUp();
                    return together;
                });
    }

    /// Each is heard by each other in what comes from now on.
    private static BooleanSupplier hearing(List<Extras.Extra> who) {
        List<BooleanSupplier> all =
                who.stream()
                        .flatMap(one ->
                                who.stream()
                                        .filter(other -> other != one)
                                        .map(other -> hearing(one, other.toneHz())))
                        .toList();
        return () -> all.stream().allMatch(BooleanSupplier::getAsBoolean);
    }

    private static BooleanSupplier hearing(Extras.Extra who, int hz) {
        int[] from = {-1};
        return () -> {
            if (who.call().state() != PhoneCall.State.ANSWERED) {
                return false;
            }
            if (from[0] < 0) {
                from[0] = who.call().heard().length;
            }
            return who.heardMs(from[0], hz) >= HEARD_MS;
        };
    }

    /// Waits for it, but not beyond the end of the call.
    private boolean comes(String path, BooleanSupplier condition) throws InterruptedException {
        return within(
                condition,
                () -> application.has(path, event -> event.type().equals("CallDisconnected")));
    }

    private static void must(String what, BooleanSupplier condition)
            throws IOException, InterruptedException {
        if (!within(condition, () -> false)) {
            throw new IOException("it does not come true that " + what);
        }
    }

    private static boolean within(BooleanSupplier condition, BooleanSupplier over)
            throws InterruptedException {
        long endNs = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - endNs > 0 || over.getAsBoolean()) {
                return condition.getAsBoolean();
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return true;
    }
}
