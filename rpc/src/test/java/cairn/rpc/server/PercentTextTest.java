package cairn.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PercentTextTest {
    @Test
    void parameters_are_read_in_order_and_by_bytes() throws RequestException {
        assertThat(PercentText.parameters("arg=a%20b+c&arg=%FF%c3%bc&x&=y&&arg=%zz"))
                .containsEntry("arg", List.of("a b c", "\udcffü", "%zz"))
                .containsEntry("x", List.of(""))
                .containsEntry("", List.of("y"))
                .hasSize(3);
        assertThat(PercentText.parameters("")).isEmpty();
    }

    @Test
    void more_parameters_than_any_call_has_are_refused() {
        String most = "a&".repeat(Request.MAX_PARAMETERS);
        assertThatThrownBy(() -> PercentText.parameters(most + "b"))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("more than 4352");
    }
}
