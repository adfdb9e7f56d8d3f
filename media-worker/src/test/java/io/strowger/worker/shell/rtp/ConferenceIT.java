package io.strowger.worker.shell.rtp;

import static io.strowger.worker.shell.rtp.Room.assertHears;
import static io.strowger.worker.shell.rtp.Room.assertHearsNot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.CallCommand.DtmfOptions;
import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent.HoldFailed;
import io.strowger.contracts.media.MediaEvent.PlayEnded;
import io.strowger.contracts.media.MediaEvent.RecognizeEnded;
import io.strowger.contracts.media.MediaEvent.TonesSent;
import io.strowger.contracts.media.PlayOutcome;
import io.strowger.contracts.media.RecognizeOutcome;
import io.strowger.media.rtp.RtpHeader;
import io.strowger.media.sdp.Direction;
import io.strowger.media.sdp.NegotiatedAudio;
import io.strowger.media.telephoneevent.DtmfReceiver;
import io.strowger.media.telephoneevent.TelephoneEvent;
import io.strowger.media.tone.ToneDetector;
import io.strowger.media.tone.Tones;
import io.strowger.media.wav.WavWriter;
import io.strowger.testsupport.Eventually;
import io.strowger.worker.core.media.MediaEngine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who hears whom, over real sockets: each phone sends a tone of its own.
class ConferenceIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final ServerCallId CALL = new ServerCallId(77, 0);
    private static final int VOICE = 6000;
    private static final int ROOM = 600;
    private static final double MUSIC = 2500;
    private static final double PROMPT = 3200;
    private @TempDir Path directory;
    private TestEngine engines;
    private MediaEngine engine;
    private Room room;
    private int operations;

    @BeforeEach
    void start() throws Exception {
        Files.write(
                directory.resolve("music.wav"),
                WavWriter.write(Tones.sine(MUSIC, 200, 6000), 8000));
        Files.write(
                directory.resolve("prompt.wav"),
                WavWriter.write(Tones.sine(PROMPT, 400, 6000), 8000));
        engines = TestEngine.start(directory, true, Duration.ofMillis(1500));
        engine = engines.engine();
        room = new Room(engine, CALL);
    }

    @AfterEach
    void stop() throws Exception {
        room.close();
        engines.close();
    }

    private OperationId next() {
        return new OperationId(new UUID(77, ++operations));
    }

    private PlaySource file(String name) {
        return new PlaySource.FileSource(directory.resolve(name).toUri(), null);
    }

    private OperationId play(boolean loop, Guest... to) {
        OperationId id = next();
        engine.startPlay(
                CALL,
                new MediaCommand.StartPlay(
                        id,
                        List.of(file("prompt.wav")),
                        java.util.Arrays.stream(to).map(guest -> guest.leg).toList(),
                        loop));
        return id;
    }

    private OperationId hold(Guest guest, String music) {
        OperationId id = next();
        engine.holdLeg(CALL, new MediaCommand.HoldLeg(id, guest.leg, file(music)));
        return id;
    }

    @Test
    void eachOfThreeHearsTheOthersAndNotItself() throws IOException {
        List<Guest> guests =
                List.of(room.join(450, VOICE), room.join(1150, VOICE), room.join(1950, VOICE));

        room.settle();

        for (Guest listener : guests) {
            for (Guest speaker : guests) {
                if (speaker == listener) {
                    assertHearsNot(listener, speaker.frequencyHz);
                } else {
                    assertHears(listener, speaker.frequencyHz, VOICE);
                }
            }
        }
    }

    @Test
    void aMutedGuestHearsAndIsNotHeardUntilItIsUnmuted() throws IOException {
        Guest muted = room.join(450, VOICE);
        Guest other = room.join(1150, VOICE);

        engine.muteLeg(CALL, muted.leg, true);
        room.settle();
        assertHears(muted, 1150, VOICE);
        assertHearsNot(other, 450);
        engine.muteLeg(CALL, muted.leg, false);
        room.settle();

        assertHears(other, 450, VOICE);
    }

    @Test
    void aGuestOnHoldHearsItsMusicUntilItIsTakenBack() throws IOException {
        Guest held = room.join(450, VOICE);
        Guest second = room.join(1150, VOICE);
        Guest third = room.join(1950, VOICE);

        hold(held, "music.wav");
        room.settle();
        assertHears(held, MUSIC, 6000);
        assertHearsNot(held, 1150);
        assertHearsNot(second, 450);
        assertHearsNot(second, MUSIC);
        assertHears(second, 1950, VOICE);
        assertHears(third, 1150, VOICE);
        engine.unholdLeg(CALL, held.leg);
        room.settle();

        assertHearsNot(held, MUSIC);
        assertHears(held, 1150, VOICE);
        assertHears(second, 450, VOICE);
    }

    @Test
    void musicThatIsNotThereIsToldAndTheHoldIsSilent() throws IOException {
        Guest held = room.join(450, VOICE);
        Guest other = room.join(1150, VOICE);

        OperationId id = hold(held, "none.wav");

        HoldFailed failed = engines.await(HoldFailed.class, _ -> true, SOON);
        room.settle();
        assertEquals(id, failed.operationId());
        assertEquals(held.leg, failed.leg());
        assertEquals(PlayOutcome.FETCH_FAILED, failed.outcome());
        assertHearsNot(held, 1150);
        assertHearsNot(other, 450);
    }

    @Test
    void aPlayToOneIsHeardByThatOneAlone() throws IOException {
        Guest first = room.join(450, VOICE);
        Guest second = room.join(1150, VOICE);

        play(true, first);
        room.settle();

        assertHears(first, PROMPT, 6000);
        assertHears(first, 1150, VOICE);
        assertHearsNot(second, PROMPT);
        assertHears(second, 450, VOICE);
    }

    @Test
    void aPlayToAllAndOneToOneAndARecognitionGoOnAtOnce() throws IOException {
        Guest first = room.join(450, VOICE);
        Guest second = room.join(1150, VOICE);
        Guest third = room.join(1950, VOICE);
        OperationId toAll = play(true);
        OperationId recognition = next();
        engine.startRecognize(
                CALL,
                new MediaCommand.StartRecognize(
                        recognition,
                        second.leg,
                        List.of(file("music.wav")),
                        true,
                        new DtmfOptions(
                                Duration.ofSeconds(9), Duration.ofSeconds(9), 2, Set.of())));
        OperationId toOne = play(false, first);

        engines.await(PlayEnded.class, ended -> ended.operationId().equals(toOne), SOON);
        room.settle();
        second.presses(4, 1000);
        third.presses(9, 1000);
        second.presses(2, 3000);
        RecognizeEnded ended = engines.await(RecognizeEnded.class, _ -> true, SOON);

        assertEquals(recognition, ended.operationId());
        assertEquals(RecognizeOutcome.MAX_TONES, ended.outcome());
        assertEquals(List.of(Tone.FOUR, Tone.TWO), ended.tones());
        for (Guest guest : List.of(first, second, third)) {
            assertHears(guest, PROMPT, 6000);
        }
        assertHears(first, 1950, VOICE);
        engine.stopPlay(CALL, toAll);
        PlayEnded canceled =
                engines.await(PlayEnded.class, one -> one.operationId().equals(toAll), SOON);
        assertEquals(PlayOutcome.CANCELED, canceled.outcome());
    }

    @Test
    void keysArriveAtThePhoneAsTelephoneEvents() throws IOException {
        Guest first = room.join(450, VOICE);
        room.join(1150, VOICE);
        OperationId id = next();

        engine.sendTones(
                CALL,
                new MediaCommand.SendTones(id, first.leg, List.of(Tone.ONE, Tone.ONE, Tone.POUND)));
        TonesSent sent = engines.await(TonesSent.class, _ -> true, SOON);
        room.settle();

        assertEquals(new TonesSent(id, null), sent);
        assertEquals(List.of(1, 1, 11), keys(first));
        assertHears(first, 1150, VOICE);
    }

    private static List<Integer> keys(Guest guest) {
        DtmfReceiver receiver = new DtmfReceiver();
        List<Integer> keys = new ArrayList<>();
        for (ByteBuffer packet : guest.phone.taken()) {
            if (RtpHeader.payloadType(packet) == 101) {
                int key =
                        receiver.received(
                                RtpHeader.ssrc(packet),
                                RtpHeader.rtpTimestamp(packet),
                                TelephoneEvent.eventCode(packet, RtpHeader.BYTES));
                if (key != DtmfReceiver.NOTHING) {
                    keys.add(key);
                }
            }
        }
        return keys;
    }

    @Test
    void keysTowardsALegThatClosesOrIsNotThereFail() throws IOException {
        Guest guest = room.join(450, VOICE);
        room.join(1150, VOICE);
        OperationId closing = next();
        OperationId gone = next();
        engine.sendTones(
                CALL,
                new MediaCommand.SendTones(
                        closing, guest.leg, List.of(Tone.ONE, Tone.TWO, Tone.THREE)));
        Eventually.holds("the first key is under way", SOON, () -> !keys(guest).isEmpty());

        engine.closeLeg(CALL, guest.leg);
        engine.sendTones(CALL, new MediaCommand.SendTones(gone, guest.leg, List.of(Tone.ONE)));
        engine.sendTones(
                new ServerCallId(78, 0),
                new MediaCommand.SendTones(next(), guest.leg, List.of(Tone.ONE)));

        Eventually.holds(
                "all three are told",
                SOON,
                () -> engines.events().stream().filter(TonesSent.class::isInstance).count() == 3);
        assertTrue(
                engines.events().stream()
                        .filter(TonesSent.class::isInstance)
                        .allMatch(event -> ((TonesSent) event).failure() != null),
                () -> engines.events().toString());
    }

    @Test
    void ofTwentyTheLoudAreHeardAndWhoGetsLoudIsHeardQuickly() throws IOException {
        List<Guest> guests = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            guests.add(room.join(200 + 150 * i, i < 5 ? 3000 : ROOM));
        }
        Guest listener = guests.getLast();
        Guest quiet = guests.get(15);

        room.settle();
        for (int loud = 0; loud < 5; loud++) {
            assertHears(listener, guests.get(loud).frequencyHz, 3000);
            assertHearsNot(guests.get(loud), guests.get(loud).frequencyHz);
        }
        for (int i = 10; i < 20; i++) {
            assertHearsNot(guests.get(0), guests.get(i).frequencyHz);
        }
        int from = listener.phone.packets();
        quiet.talks(3000);
        room.settle();

        assertHears(listener, quiet.frequencyHz, 3000);
        assertHearsNot(quiet, quiet.frequencyHz);
        short[] heard = listener.phone.sound(from);
        int firstFrame = 0;
        while (ToneDetector.amplitude(
                        heard, firstFrame * 160, firstFrame * 160 + 160, quiet.frequencyHz)
                < 1500) {
            firstFrame++;
        }
        assertTrue(firstFrame <= 15, "heard only after " + firstFrame * 20 + " ms");
    }

    @Test
    void whoFallsSilentIsToldOfUnlessOnHoldOrMutedAndTheRestGoesOn() throws IOException {
        Guest gone = room.join(450, VOICE);
        Guest held = room.join(750, VOICE);
        Guest muted = room.join(1150, VOICE);
        Guest holding = room.join(1550, VOICE);
        Guest away = room.join(1950, VOICE);
        Guest fourth = room.join(2250, VOICE);
        Guest fifth = room.join(2650, VOICE);
        room.settle();
        engine.holdLeg(CALL, new MediaCommand.HoldLeg(next(), held.leg, null));
        engine.muteLeg(CALL, muted.leg, true);
        engine.connectLeg(CALL, holding.leg, directed(holding, Direction.RECVONLY));
        engine.connectLeg(CALL, away.leg, directed(away, Direction.INACTIVE));

        List.of(gone, held, muted, holding, away).forEach(Guest::fallsSilent);
        Eventually.holds(
                "the silent one is told of", SOON, () -> engines.silent().contains(gone.leg));
        int heard = fourth.phone.packets();
        Eventually.holds("two seconds more", SOON, () -> fourth.phone.packets() >= heard + 100);

        assertEquals(List.of(gone.leg), engines.silent());
        assertHears(fourth, fifth.frequencyHz, VOICE);
        assertHears(fifth, fourth.frequencyHz, VOICE);
        engine.unholdLeg(CALL, held.leg);
        Eventually.holds(
                "who is taken back must send again",
                SOON,
                () -> engines.silent().equals(List.of(gone.leg, held.leg)));
    }

    private static NegotiatedAudio directed(Guest guest, Direction direction) {
        NegotiatedAudio audio = guest.phone.audio();
        return new NegotiatedAudio(
                audio.remoteAddress(),
                audio.remotePort(),
                audio.codec(),
                8,
                8,
                101,
                101,
                20,
                direction);
    }

    @Test
    void aGuestWhoLeavesIsHeardNoMoreAndWhoJoinsIs() throws IOException {
        Guest first = room.join(450, VOICE);
        Guest second = room.join(1150, VOICE);
        room.settle();

        engine.closeLeg(CALL, new LegId(2));
        Guest third = room.join(1950, VOICE);
        int heard = first.phone.packets();
        Eventually.holds("a while", SOON, () -> first.phone.packets() >= heard + 50);

        assertHearsNot(first, second.frequencyHz);
        assertHears(first, third.frequencyHz, VOICE);
        assertHears(third, first.frequencyHz, VOICE);
    }
}
