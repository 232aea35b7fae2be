"""The clauses that findings cite. Texts were read in full for the first two; the others are
public reports, whose article numbers are not known here and therefore not given."""

PARTS = "《地名管理条例》第九条：地名由专名和通名两部分组成"
HEALTHY = "《地名管理条例》第九条第一项：含义明确、健康，不违背公序良俗"
TRUE = "《地名管理条例》第九条第二项：符合地理实体的实际地域、规模、性质等特征"
CHARACTERS = "《地名管理条例》第九条第三项：使用国家通用语言文字，避免使用生僻字"
NO_LETTERS = "《地名管理条例》第九条第三项；《广州市地名管理规定》（2022年）：不得使用外文、字母"
NUMBERS = "民发〔2018〕146号附件：不随意使用数字、非文字符号"
NEAR = "《广州市地名管理规定》（2022年）：避免同音、近音"
AMBIGUOUS = "《广州市地名管理规定》（2022年）：避免使用生僻字或者易产生歧义的字"
SIZE = "《广州市地名管理规定》（2022年）：通名应与占地面积、总建筑面积、高度、绿地率等相适应"
SINGLE = "《地名管理条例》第九条第一项：含义明确"
