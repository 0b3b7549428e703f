// Evaluates expressions over a form with ODK's engine: FORM.xml, then from standard input lines "context<TAB>expression",
// where the context is a path with positions (/data/member[2]/age). Prints type, string, boolean, number, or ERR and why;
// with the context "form" it prints the value that the node named has after the form was started.
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.util.*;
import org.javarosa.core.model.*;
import org.javarosa.core.model.condition.EvaluationContext;
import org.javarosa.core.model.instance.*;
import org.javarosa.xform.util.*;
import org.javarosa.xpath.*;
import org.javarosa.xpath.expr.*;

public class XPathForm {
  static TreeReference reference(String path) {
    TreeReference ref = TreeReference.rootRef();
    for (String step : path.split("/")) {
      if (step.isEmpty()) continue;
      int at = step.indexOf('[');
      int place = at < 0 ? 0 : Integer.parseInt(step.substring(at + 1, step.length() - 1)) - 1;
      ref.add(at < 0 ? step : step.substring(0, at), place);
    }
    return ref;
  }

  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, "UTF-8");
    FormDef form = XFormUtils.getFormFromInputStream(new FileInputStream(arguments[0]));
    form.initialize(true, new org.javarosa.core.model.instance.InstanceInitializationFactory());
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line;
    while ((line = in.readLine()) != null) {
      int tab = line.indexOf('\t');
      String context = line.substring(0, tab), source = line.substring(tab + 1), answer;
      try {
        if (context.equals("form")) {
          TreeElement node = form.getMainInstance().resolveReference(reference(source));
          Object data = new XFormAnswerDataSerializer().serializeAnswerData(node.getValue(), node.getDataType());
          answer = node.getValue() == null ? "null" : node.getValue().getClass().getSimpleName() + "\t" + data;
        } else {
          EvaluationContext here = new EvaluationContext(form.getEvaluationContext(), reference(context));
          Object value = XPathFuncExpr.unpack(XPathParseTool.parseXPath(source).eval(form.getMainInstance(), here));
          answer = value.getClass().getSimpleName() + "\t" + XPathFuncExpr.toString(value) + "\t"
              + XPathFuncExpr.toBoolean(value) + "\t" + ((value instanceof String) ? "" : XPathFuncExpr.toNumeric(value));
        }
      } catch (Throwable problem) {
        answer = "ERR\t" + problem.getClass().getSimpleName() + ": "
            + String.valueOf(problem.getMessage()).replace('\n', ' ');
      }
      out.println(answer);
    }
  }
}
