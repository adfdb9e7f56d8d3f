package io.strowger.standalone.chaos;

import io.strowger.phone.PhoneCall;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// Brings calls of one kind of leg into their states. Stateless; for many threads.
final class Situations {
    private static final Duration SOON = Duration.ofSeconds(25);

    /// Less than a recognition that was opened before waits for its next key.
    private static final Duration OPENING = Duration.ofSeconds(40);

    private static final int LOOK_MS = 200;
    private static final int HEARD_MS = 300;
    private static final int PACKETS = 25;
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
    private final Cast cast;

    Situations(Application application, Caller caller, Cast cast) {
        this.application = application;
        this.caller = caller;
        this.cast = cast;
    }

    /// Places a call and returns when it is in that state.
    ///
    /// @param path where its events are to come, not used before
    /// @throws IOException when it does not get there
    Situation open(CallState state, String path) throws IOException, InterruptedException {
        return switch (state) {
            case RINGING -> ringing(path);
            case CONNECTED -> talking(state, path, cast.two());
            case PLAYING -> playing(path);
            case RECOGNISING -> recognising(path);
            case RECORDING -> recording(path);
            case HELD -> held(path);
            case GROUP -> talking(state, path, cast.three());
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
                state,
                cast.kind(),
                path,
                connection,
                ears,
                proof,
                event -> ENDS.contains(event.type()));
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
                path,
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
        PhoneCall before = cast.rings().last();
        String connection = place(path, List.of(cast.rings()));
        must(path, "it rings", () -> cast.rings().last() != before && cast.rings().last() != null);
        return situation(
                CallState.RINGING,
                path,
                connection,
                List.of(),
                () -> {
                    cast.rings().call().answer();
                    return comes(path, () -> application.has(path, "CallConnected"));
                });
    }

    private Situation talking(CallState state, String path, List<Extras.Extra> who)
            throws IOException, InterruptedException {
        String connection = connect(path, who);
        must(path, "all hear each other", hearing(who));
        return situation(state, path, connection, who, () -> comes(path, hearing(who)));
    }

    private Situation playing(String path) throws IOException, InterruptedException {
        String connection = connect(path, List.of(cast.listens()));
        act(connection, ":play", prompt(700, true));
        must(path, "the prompt is heard", hearing(cast.listens(), PROMPT_HZ));
        return situation(
                CallState.PLAYING,
                path,
                connection,
                List.of(cast.listens()),
                () -> {
                    if (!comes(path, hearing(cast.listens(), PROMPT_HZ))) {
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
        String connection = connect(path, List.of(cast.presses()));
        BooleanSupplier prompted = hearing(cast.presses(), PROMPT_HZ);
        // The prompt is short, so what is heard from now on counts.
        boolean _ = prompted.getAsBoolean();
        act(
                connection,
                ":recognize",
                """
                {"recognizeInputType":"dtmf","playPrompt":{"kind":"file","file":{"uri":"%s"}},
                 "recognizeOptions":{"targetParticipant":%s,"interruptPrompt":true,
                 "initialSilenceTimeoutInSeconds":60,
                 "dtmfOptions":{"maxTonesToCollect":3,"interToneTimeoutInSeconds":60}}}\
                """
                        .formatted(application.toneUri(PROMPT_HZ, 400), cast.presses().target()));
        must(path, "the prompt is heard", prompted);
        cast.presses().call().press("1");
        return situation(
                CallState.RECOGNISING,
                path,
                connection,
                List.of(cast.presses()),
                () -> {
                    // What is pressed or said before the phone has turned to a worker that lives is
                    // lost with the one that does not.
                    if (!comes(path, talking(cast.presses()))) {
                        return false;
                    }
                    cast.presses().call().press("23");
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
        String connection = connect(path, cast.recorded());
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
        must(path, "all hear each other", hearing(cast.recorded()));
        return situation(
                CallState.RECORDING,
                path,
                connection,
                cast.recorded(),
                () -> {
                    if (!comes(path, hearing(cast.recorded()))) {
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
        String connection = connect(path, cast.held());
        must(path, "both hear each other", hearing(cast.held()));
        String one = "{\"targetParticipant\":" + cast.held().getFirst().target();
        act(
                connection,
                ":hold",
                one
                        + ",\"playSourceInfo\":{\"kind\":\"file\",\"file\":{\"uri\":\""
                        + application.toneUri(PROMPT_HZ, 700)
                        + "\"}}}");
        must(path, "the music is heard", hearing(cast.held().getFirst(), PROMPT_HZ));
        return situation(
                CallState.HELD,
                path,
                connection,
                cast.held(),
                () -> {
                    if (!comes(path, hearing(cast.held().getFirst(), PROMPT_HZ))) {
                        return false;
                    }
                    act(connection, ":unhold", one + "}");
                    return comes(path, hearing(cast.held()));
                });
    }

    private Situation transferring(String path) throws IOException, InterruptedException {
        PhoneCall before = cast.target().last();
        String connection = connect(path, List.of(cast.transferee()));
        act(
                connection,
                ":transferToParticipant",
                """
                {"targetParticipant":%s,"sourceCallerIdNumber":{"value":"+15550100000"}}\
                """
                        .formatted(cast.target().target()));
        must(
                path,
                "the target's phone rings",
                () -> cast.target().last() != before && cast.target().last() != null);
        return situation(
                CallState.TRANSFERRING,
                path,
                connection,
                List.of(cast.transferee()),
                () -> {
                    cast.target().call().answer();
                    // The application is out of the call by then, so its end says nothing.
                    boolean together =
                            comes(path, () -> application.has(path, "CallTransferAccepted"))
                                    && within(
                                            SOON,
                                            hearing(List.of(cast.transferee(), cast.target())),
                                            () -> false);
                    cast.transferee().call().hangUp();
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

    /// Packets come from now on, from where its own go.
    private static BooleanSupplier talking(Extras.Extra who) {
        long enough = who.call().packetsReceived() + PACKETS;
        return () -> who.call().packetsReceived() >= enough && who.call().hearsItsPeer();
    }

    /// Waits for it, but not beyond the end of the call.
    private boolean comes(String path, BooleanSupplier condition) throws InterruptedException {
        return within(
                SOON,
                condition,
                () -> application.has(path, event -> event.type().equals("CallDisconnected")));
    }

    private void must(String path, String what, BooleanSupplier condition)
            throws IOException, InterruptedException {
        if (!within(
                OPENING,
                condition,
                () -> application.has(path, event -> ENDS.contains(event.type())))) {
            throw new IOException("it does not come true that " + what);
        }
    }

    private static boolean within(
            Duration patience, BooleanSupplier condition, BooleanSupplier over)
            throws InterruptedException {
        long endNs = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - endNs > 0 || over.getAsBoolean()) {
                return condition.getAsBoolean();
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
        return true;
    }
}
