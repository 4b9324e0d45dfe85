package io.github.camellva.proto;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the compiled descriptors against the published contract: a name, number, type, oneof or enum value that differs
 * would make this side unreadable for the programs that people run.
 */
class ContractTest {

    private static final String PACKAGE = "microsoft.azure.media.live_video_analytics.extensibility.grpc.v1";

    private static final List<FileDescriptor> FILES = List.of(
            ExtensionProto.getDescriptor(), MediaProto.getDescriptor(), InferencingProto.getDescriptor());

    /** One line per message: {@code Name { field; ... }}, a field as {@code name type=number}, with its oneof in brackets. */
    private static final List<String> MESSAGES = List.of(
            "MediaStreamMessage { sequence_number uint64=1; ack_sequence_number uint64=2; "
                    + "[payload] media_stream_descriptor MediaStreamDescriptor=5; [payload] media_sample MediaSample=6 }",
            "MediaStreamDescriptor { [stream_identifier] graph_identifier GraphIdentifier=1; "
                    + "[stream_identifier] extension_identifier string=2; extension_configuration string=3; "
                    + "media_descriptor MediaDescriptor=5; [data_transfer_properties] "
                    + "shared_memory_buffer_transfer_properties SharedMemoryBufferTransferProperties=10 }",
            "GraphIdentifier { media_services_arm_id string=1; graph_instance_name string=2; graph_node_name string=3 }",
            "SharedMemoryBufferTransferProperties { handle_name string=1; length_bytes uint64=2 }",
            "MediaDescriptor { timescale uint32=1; "
                    + "[media_sample_format] video_frame_sample_format VideoFrameSampleFormat=5 }",
            "VideoFrameSampleFormat { encoding Encoding=1; pixel_format PixelFormat=2; dimensions Dimensions=3; "
                    + "stride_bytes uint32=4 }",
            "Dimensions { width uint32=1; height uint32=2 }",
            "MediaSample { timestamp uint64=1; [content] content_bytes ContentBytes=5; "
                    + "[content] content_reference ContentReference=6; inferences repeated Inference=10 }",
            "ContentBytes { bytes bytes=1 }",
            "ContentReference { address_offset uint64=1; length_bytes uint64=2 }",
            "Inference { type InferenceType=1; subtype string=2; inference_id string=3; "
                    + "related_inferences repeated string=4; [value] classification Classification=5; "
                    + "[value] motion Motion=6; [value] entity Entity=7; [value] text Text=8; [value] event Event=9; "
                    + "[value] other InferenceOther=13; sequence_id string=14; extensions map<string,string>=15 }",
            "Classification { tag Tag=1; attributes repeated Attribute=2 }",
            "Motion { box Rectangle=1 }",
            "Entity { tag Tag=1; attributes repeated Attribute=2; box Rectangle=3; id string=4 }",
            "Text { value string=1; language string=2; start_timestamp uint64=5; end_timestamp uint64=6 }",
            "Event { name string=1; properties map<string,string>=7 }",
            "InferenceOther { content_type string=1; content_bytes bytes=2 }",
            "Attribute { name string=1; value string=2; confidence float=3 }",
            "Tag { value string=2; confidence float=3 }",
            "Rectangle { l float=1; t float=2; w float=3; h float=4 }");

    private static final List<String> ENUMS = List.of(
            "VideoFrameSampleFormat.Encoding { BMP=0 JPG=1 PNG=2 RAW=3 }",
            "VideoFrameSampleFormat.PixelFormat { NONE=0 YUV420P=20 RGB565BE=40 RGB565LE=41 RGB555BE=42 RGB555LE=43 "
                    + "RGB24=60 BGR24=61 ARGB=80 RGBA=81 ABGR=82 BGRA=83 }",
            "Inference.InferenceType { AUTO=0 CLASSIFICATION=1 MOTION=2 ENTITY=3 TEXT=4 EVENT=5 OTHER=15 }");

    static Stream<String> messages() {
        return MESSAGES.stream();
    }

    static Stream<String> enums() {
        return ENUMS.stream();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void messageHasTheFieldsOfTheContract(String expected) {
        String name = expected.substring(0, expected.indexOf(' '));
        assertThat(compiledMessages()).filteredOn(line -> line.startsWith(name + " ")).containsExactly(expected);
    }

    @ParameterizedTest
    @MethodSource("enums")
    void enumIsNestedAndHasTheValuesOfTheContract(String expected) {
        String name = expected.substring(0, expected.indexOf(' '));
        assertThat(compiledEnums()).filteredOn(line -> line.startsWith(name + " ")).containsExactly(expected);
    }

    @Test
    void nothingIsCompiledThatTheContractDoesNotHave() {
        assertThat(compiledMessages()).containsExactlyInAnyOrderElementsOf(MESSAGES);
        assertThat(compiledEnums()).containsExactlyInAnyOrderElementsOf(ENUMS);
        assertThat(FILES).allSatisfy(file -> assertThat(file.getEnumTypes()).isEmpty());
    }

    @Test
    void filesAreProto3InThePackageOfTheContract() {
        assertThat(FILES).extracting(FileDescriptor::getPackage).containsOnly(PACKAGE);
        assertThat(FILES).extracting(file -> file.toProto().getSyntax()).containsOnly("proto3");
        assertThat(FILES).extracting(FileDescriptor::getName)
                .containsExactly("extension.proto", "media.proto", "inferencing.proto");
    }

    @Test
    void serviceHasOneMethodThatStreamsBothWays() {
        assertThat(ExtensionProto.getDescriptor().getServices()).hasSize(1);
        assertThat(ExtensionProto.getDescriptor().getServices().get(0).getFullName())
                .isEqualTo(PACKAGE + ".MediaGraphExtension");
        List<MethodDescriptor> methods = ExtensionProto.getDescriptor().getServices().get(0).getMethods();
        assertThat(methods).singleElement().satisfies(method -> {
            assertThat(method.getName()).isEqualTo("ProcessMediaStream");
            assertThat(method.isClientStreaming()).isTrue();
            assertThat(method.isServerStreaming()).isTrue();
            assertThat(method.getInputType().getName()).isEqualTo("MediaStreamMessage");
            assertThat(method.getOutputType().getName()).isEqualTo("MediaStreamMessage");
        });
        assertThat(MediaGraphExtensionGrpc.SERVICE_NAME).isEqualTo(PACKAGE + ".MediaGraphExtension");
    }

    private static List<String> compiledMessages() {
        return FILES.stream().flatMap(file -> file.getMessageTypes().stream()).map(ContractTest::describe).toList();
    }

    private static List<String> compiledEnums() {
        List<String> lines = new ArrayList<>();
        for (FileDescriptor file : FILES) {
            for (Descriptor message : file.getMessageTypes()) {
                message.getEnumTypes().forEach(type -> lines.add(describe(message, type)));
            }
        }
        return lines;
    }

    private static String describe(Descriptor message) {
        return message.getFields().stream().map(ContractTest::describe)
                .reduce((left, right) -> left + "; " + right)
                .map(fields -> message.getName() + " { " + fields + " }")
                .orElseThrow();
    }

    private static String describe(FieldDescriptor field) {
        String oneof = field.getRealContainingOneof() == null ? "" : "[" + field.getRealContainingOneof().getName() + "] ";
        return oneof + field.getName() + " " + typeOf(field) + "=" + field.getNumber();
    }

    private static String typeOf(FieldDescriptor field) {
        if (field.isMapField()) {
            List<FieldDescriptor> entry = field.getMessageType().getFields();
            return "map<" + typeOf(entry.get(0)) + "," + typeOf(entry.get(1)) + ">";
        }
        String type = switch (field.getJavaType()) {
            case MESSAGE -> field.getMessageType().getName();
            case ENUM -> field.getEnumType().getName();
            default -> field.getType().name().toLowerCase(java.util.Locale.ROOT);
        };
        return field.isRepeated() ? "repeated " + type : type;
    }

    private static String describe(Descriptor message, EnumDescriptor type) {
        return type.getValues().stream().map(value -> value.getName() + "=" + value.getNumber())
                .reduce((left, right) -> left + " " + right)
                .map(values -> message.getName() + "." + type.getName() + " { " + values + " }")
                .orElseThrow();
    }
}
