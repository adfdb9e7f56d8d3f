package io.strowger.worker.shell.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppFrameTest {
    private static AppFrame read(String json) {
        return AppFrame.read(json.replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'kind':'audioData','audioData':{'data':'AQD/fwCA','isSilent':false},'stopAudio':{}}",
                "{'Kind':'AudioData','AudioData':{'Data':'AQD/fwCA'},'StopAudio':null}",
                "{'audioData':{'x':[{}],'data':'AQD/fwCA','y':{'data':'no'}},'kind':'AUDIODATA','more':{'kind':'x'}}",
            })
    void readsAudioInLettersOfEitherCase(String json) {
        AppFrame.Audio audio = assertInstanceOf(AppFrame.Audio.class, read(json));

        assertArrayEquals(new short[] {1, 32_767, -32_768}, audio.samples());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'kind':'stopAudio','stopAudio':{}}",
                "{'Kind':'StopAudio','AudioData':null,'StopAudio':{}}",
                "{'kind':'STOPAUDIO'}",
            })
    void readsThatItIsToBeSilent(String json) {
        assertEquals(new AppFrame.Stop(), read(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "7",
                "{",
                "{'kind':'audioData'}",
                "{'kind':7,'audioData':{'data':'AQA='}}",
                "{'kind':'audioData','audioData':'AQA='}",
                "{'kind':'audioData','audioData':{'data':7}}",
                "{'kind':'audioData','audioData':{'data':'no base64!'}}",
                "{'kind':'audioData','audioData':{'data':'AQ=='}}",
                "{'kind':'somethingElse','audioData':{'data':'AQA='}}",
                "{'kind':'audioData','audioData':{'data':'AQA='}",
            })
    void allElseIsUnreadable(String json) {
        assertEquals(new AppFrame.Unreadable(), read(json));
    }

    @Test
    void nestingWithoutEndIsUnreadable() {
        assertEquals(new AppFrame.Unreadable(), read("{'a':" + "[".repeat(100_000) + "}"));
    }
}
