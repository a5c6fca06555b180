package cairn.dag.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.dag.DagException;
import cairn.dag.MemoryDag;
import cairn.dag.codec.Codec.Mode;
import cairn.dag.codec.Value.Entries;
import cairn.dag.codec.Value.Entry;
import cairn.dag.codec.Value.Items;
import cairn.dag.codec.Value.Link;
import cairn.dag.codec.Value.Text;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.MalformedException;
import cairn.multiformats.Multicodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// The vectors of ipld/codec-fixtures: each value in every codec that can hold it.
class CodecFixturesTest {
    private record Fixture(Path file, Codec codec, Octets bytes) {
        Value value() throws MalformedException {
            return codec.decode(bytes.data(), Mode.STRICT);
        }
    }

    private static Path vectors() {
        Path vectors = Path.of("../../shared/vectors/codec-fixtures");
        Assumptions.assumeTrue(
                Files.isDirectory(vectors), "no vectors of the field beside this project");
        return vectors;
    }

    private static List<List<Fixture>> fixtures() throws IOException {
        List<List<Fixture>> all = new ArrayList<>();
        try (Stream<Path> folders = Files.list(vectors().resolve("fixtures"))) {
            for (Path folder : folders.filter(Files::isDirectory).toList())
                all.add(fixture(folder));
        }
        assertThat(all).hasSizeGreaterThan(100);
        return all;
    }

    private static List<Fixture> fixture(Path folder) throws IOException {
        List<Fixture> fixtures = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                Codec codec = Codec.named(name.substring(name.indexOf('.') + 1)).orElseThrow();
                fixtures.add(new Fixture(file, codec, Octets.of(Files.readAllBytes(file))));
            }
        }
        return fixtures;
    }

    @Test
    void every_fixture_is_read_strictly_and_written_to_the_byte_in_all_its_codecs()
            throws IOException {
        for (List<Fixture> same : fixtures())
            for (Fixture from : same)
                for (Fixture to : same)
                    assertThat(to.codec.encode(from.value()))
                            .as("%s from %s", to.file, from.codec)
                            .isEqualTo(to.bytes.bytes());
    }

    @Test
    void every_fixture_is_named_by_the_cid_of_what_is_written() throws IOException {
        MemoryDag dag = new MemoryDag();
        for (List<Fixture> same : fixtures())
            for (Fixture fixture : same) {
                String name = fixture.file.getFileName().toString();
                Cid cid = Cid.parse(name.substring(0, name.indexOf('.')));
                Cid made = dag.put(fixture.codec.code(), fixture.codec.encode(fixture.value()));
                assertThat(made.hash()).as(name).isEqualTo(cid.hash());
            }
    }

    @Test
    void the_links_told_are_those_of_the_value() throws IOException {
        for (List<Fixture> same : fixtures())
            for (Fixture fixture : same) {
                List<Cid> told = new ArrayList<>();
                Block block =
                        Block.hashed(
                                1,
                                fixture.codec.code(),
                                MemoryDag.HASHES.find(Multicodec.SHA2_256).orElseThrow(),
                                fixture.bytes.bytes());
                Links.forEach(block, (cid, _) -> told.add(cid));
                List<Cid> held = new ArrayList<>();
                collect(fixture.value(), held);
                assertThat(told).as(fixture.file.toString()).isEqualTo(held);
            }
    }

    static void collect(Value value, List<Cid> links) {
        switch (value) {
            case Link(Cid cid) -> links.add(cid);
            case Items(List<Value> values) -> values.forEach(item -> collect(item, links));
            case Entries(List<Entry> entries) ->
                    entries.forEach(entry -> collect(entry.value(), links));
            default -> {}
        }
    }

    private static Value negative(String file) throws IOException {
        Path path = vectors().resolve("negative-fixtures").resolve(file);
        return Codec.JSON.decode(ByteBuffer.wrap(Files.readAllBytes(path)), Mode.STRICT);
    }

    @Test
    void malformed_blocks_are_refused() throws IOException {
        for (Codec codec : List.of(Codec.DAG_CBOR, Codec.DAG_JSON, Codec.DAG_PB)) {
            String file = codec == Codec.DAG_PB ? "edges" : "duplicate-keys";
            Items cases = (Items) negative(codec + "/decode/" + file + ".json");
            assertThat(cases.values()).isNotEmpty();
            for (Value each : cases.values()) {
                String hex = ((Entries) each).get(Text.of("hex")).orElseThrow().toString();
                ByteBuffer block = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
                for (Mode mode : Mode.values())
                    assertThatThrownBy(() -> codec.decode(block, mode))
                            .as("%s %s", codec, each)
                            .isInstanceOf(MalformedException.class);
            }
        }
    }

    @Test
    void values_that_are_no_dag_pb_are_not_written_as_such() throws IOException {
        for (String file : List.of("basic-datamodel-kinds", "invalid-forms")) {
            Path path = vectors().resolve("negative-fixtures/dag-pb/encode/" + file + ".json");
            Items cases =
                    (Items)
                            Codec.DAG_JSON.decode(
                                    ByteBuffer.wrap(Files.readAllBytes(path)), Mode.STRICT);
            assertThat(cases.values()).hasSizeGreaterThan(5);
            for (Value each : cases.values()) {
                Value value = ((Entries) each).get(Text.of("dag-json")).orElseThrow();
                assertThatThrownBy(() -> Codec.DAG_PB.encode(value))
                        .as(each.toString())
                        .isInstanceOf(DagException.class);
            }
        }
    }
}
